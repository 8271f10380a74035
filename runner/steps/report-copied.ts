import type { Work } from '../work.ts';

export interface CopiedSoFar {
  readonly records: number;
  readonly batches: number;
  readonly perSecond: number;
  /** Key of the last record that was copied; null: of another than this runner. */
  readonly checkpoint: string | null;
}

/** Tells how far the copy is. */
export async function reportCopied(
  { progress, table }: Pick<Work, 'progress' | 'table'>,
  now: CopiedSoFar,
): Promise<void> {
  const { total } = progress.figures;
  const { records, batches, perSecond, checkpoint } = now;
  await progress.report({
    records,
    total: Math.max(total, records),
    batches,
    recordsPerSecond: Math.round(perSecond),
    remaining: perSecond > 0 ? Math.round(Math.max(0, total - records) / perSecond) : undefined,
    ...(checkpoint === null ? {} : { checkpoint: isName(table) ? undefined : checkpoint }),
  });
}

/** A text key may be somebody's name. */
function isName({ key }: Work['table']): boolean {
  return key.some(({ type }) => /^(text|character)/.test(type));
}
