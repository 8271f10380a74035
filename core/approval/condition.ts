/** What a condition of an approval is about. */
export type ConditionKind =
  /** For people to do and to tick. */
  | { readonly kind: 'task' }
  /** No stored record (of that schema, where one is named) lacks this field: ticked as others, and checked by the runner before its first write. */
  | { readonly kind: 'no-records-without'; readonly pointer: string; readonly schema: string | undefined };

/** Reads the condition that Sluice can check, `0 records of claim without /policy_number`; everything else is a task. */
export function conditionKind(words: string): ConditionKind {
  const [, schema, pointer] = /^(?:0|no) records?(?: of ([^\s]+))? without (\/[^\s"'`]+)$/i.exec(words) ?? [];
  return pointer === undefined ? { kind: 'task' } : { kind: 'no-records-without', pointer, schema };
}
