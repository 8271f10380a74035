/** What a condition of an approval is about. */
export type ConditionKind =
  /** For people to do and to tick. */
  | { readonly kind: 'task' }
  /** No stored record lacks this field. */
  | { readonly kind: 'no-records-without'; readonly pointer: string }
  /** The run starts in this window. */
  | { readonly kind: 'window'; readonly window: string };

/** Reads the conditions that Sluice understands; everything else is a task. */
export function conditionKind(words: string): ConditionKind {
  const pointer = /^(?:0|no) records? without (\/[^\s"'`]+)$/i.exec(words)?.[1];
  if (pointer !== undefined) return { kind: 'no-records-without', pointer };
  const window = /^window ([a-z0-9][a-z0-9_-]*)$/i.exec(words)?.[1];
  return window === undefined ? { kind: 'task' } : { kind: 'window', window };
}
