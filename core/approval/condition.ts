/** What a condition of an approval is about. */
export type ConditionKind =
  /** For people to do and to tick. */
  | { readonly kind: 'task' }
  /** No stored record (of that schema, where one is named) lacks this field: ticked as others, and checked by the runner before its first write. */
  | { readonly kind: 'no-records-without'; readonly pointer: string; readonly schema: string | undefined }
  /** The run works in a window: one that the policy names, or one as people write it. Nobody ticks it. */
  | { readonly kind: 'window'; readonly window: string }
  /** A rehearsal of the run, on its own table, has gone well since the condition was set. Nobody ticks it. */
  | { readonly kind: 'rehearsal' };

/**
 * Reads the conditions that Sluice looks after itself: `0 records of claim without /policy_number`, `window nightly`, `rehearsal passes`.
 * Everything else is a task.
 */
export function conditionKind(words: string): ConditionKind {
  const [, schema, pointer] = /^(?:0|no) records?(?: of ([^\s]+))? without (\/[^\s"'`]+)$/i.exec(words) ?? [];
  if (pointer !== undefined) return { kind: 'no-records-without', pointer, schema };
  const [, window] = /^window (\S.*)$/i.exec(words) ?? [];
  if (window !== undefined) return { kind: 'window', window };
  return /^(?:the |a )?rehearsal passes\.?$/i.test(words) ? { kind: 'rehearsal' } : { kind: 'task' };
}

/**
 * Why Sluice cannot look after a condition that reads as if it did; undefined: it can, or people are to. A rehearsal elsewhere would be of other
 * records, by an order that nobody has approved: taken for a task, somebody would tick what was meant to be checked.
 */
export function conditionProblem(words: string): string | undefined {
  const [, place] = /^(?:the |a )?rehearsal on (\S.*) passes\.?$/i.exec(words) ?? [];
  if (place === undefined) return undefined;
  return `A rehearsal is of the run’s own table, so Sluice cannot check \`${words.replaceAll('`', '')}\`; write \`rehearsal passes\`, or what a person is to do and tick`;
}

/** Whether it can only be met once the pull request is merged: no merge waits for it. */
export function isOfTheRun(kind: ConditionKind['kind']): boolean {
  return kind === 'window' || kind === 'rehearsal';
}
