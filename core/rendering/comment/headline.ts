import type { Review, SchemaReview } from '../../review/review.ts';
import { unreachable } from '../../unreachable.ts';
import { countOf } from '../numbers.ts';

/** A sign that never stands without its words. */
export const signs = { good: '✔', bad: '✖', unsure: '?' } as const;
export type Sign = (typeof signs)[keyof typeof signs];

/** What a change of a schema amounts to: `2.8.0 → 3.0.0` and `breaks stored records`. */
export interface Headline {
  readonly sign: Sign;
  readonly name: string;
  readonly versions: string;
  readonly says: string;
}

/** Whether a report's markdown says that the change does not pass: for the report that takes its place. */
export function saidNo(report: string): boolean {
  return new RegExp(`^### ${signs.bad} `, 'm').test(report);
}

export function schemaHeadline(schema: SchemaReview): Headline {
  const { name, acceptance } = schema;
  const sign = isPassing(schema) ? signs.good : signs.bad;
  const accepted = acceptance?.state === 'accepted' ? `is accepted until ${acceptance.until}: it ` : '';
  return { sign, name, versions: versionsOf(schema), says: `${accepted}${saysOf(schema)}` };
}

/** Whether a schema keeps nobody from merging: it is compatible, or the configuration accepts exactly this change. */
export function isPassing({ verdict, acceptance }: SchemaReview): boolean {
  return verdict === 'compatible' || acceptance?.state === 'accepted';
}

/** The first line when there is not exactly one schema. */
export function overallHeadline({ schemas, problems, findings = [] }: Review): { sign: Sign; says: string } {
  if (schemas.length === 0) {
    return problems.length > 0
      ? { sign: signs.bad, says: `${countOf(problems.length, 'problem')} to mend before anything can be compared` }
      : {
          sign: signs.good,
          says: findings.length > 0 ? 'No schema changes' : 'No schema changes any more: nothing to review',
        };
  }
  if (problems.length > 0) {
    return { sign: signs.bad, says: `The check does not pass: ${countOf(problems.length, 'problem')} to mend` };
  }
  const bad = schemas.filter((schema) => !isPassing(schema)).length;
  if (bad > 0) {
    const all = bad === schemas.length;
    const subject = all ? `All ${schemas.length} changed schemas` : `${bad} of ${schemas.length} changed schemas`;
    return { sign: signs.bad, says: `${subject} ${bad === 1 ? 'does' : 'do'} not pass` };
  }
  const accepted = schemas.filter(({ verdict }) => verdict !== 'compatible').length;
  return {
    sign: signs.good,
    says:
      accepted === 0
        ? `All ${schemas.length} changed schemas are compatible`
        : `All ${schemas.length} changed schemas pass: ${schemas.length - accepted} compatible, ${accepted} accepted though not`,
  };
}

function versionsOf({ oldVersion, newVersion, change }: SchemaReview): string {
  if (change === 'added') return newVersion ?? '';
  if (change === 'removed') return oldVersion ?? '';
  if (oldVersion === newVersion) return oldVersion ?? '';
  return `${oldVersion ?? '(no version)'} → ${newVersion ?? '(no version)'}`;
}

function saysOf({ change, verdict, comparison, incomparable }: SchemaReview): string {
  if (change === 'added') return 'is new';
  if (change === 'removed') return 'is removed: whoever reads or writes it breaks';
  switch (verdict) {
    case 'compatible':
      return comparison?.changes.length === 0 ? 'means the same as before' : 'is compatible';
    case 'undecided':
      return incomparable === undefined ? 'could not be proved compatible' : 'could not be compared';
    case 'breaking':
      if (comparison?.mode === 'APPEND_ONLY') return 'removes or replaces what APPEND_ONLY keeps';
      return comparison?.backward.verdict === 'breaking' &&
        comparison.mode !== 'FORWARD' &&
        comparison.mode !== 'FORWARD_TRANSITIVE'
        ? 'breaks stored records'
        : 'breaks readers of the old version';
    default:
      return unreachable(verdict);
  }
}
