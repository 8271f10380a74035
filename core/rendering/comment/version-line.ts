import type { SchemaReview } from '../../review/review.ts';

/** One sentence about the declared version; undefined when there is nothing to compare it with. */
export function versionLine({ advice, verdict }: SchemaReview): string | undefined {
  if (!advice) return undefined;
  const { declared, recommended, bump, honest } = advice;
  if (declared === undefined) {
    return recommended === undefined
      ? 'the schema names none; add "version" so that records and migrations can be told apart.'
      : `the schema names none; write "version": "${recommended}" (${bump}).`;
  }
  if (!honest) {
    const reason = verdict === 'compatible' ? `this is a ${bump} change` : 'this change can break others';
    return recommended === undefined
      ? `${declared} does not say what this change is (${bump}).`
      : `${declared} is too low, since ${reason}; write ${recommended} (${bump}).`;
  }
  if (bump === 'none') return `${declared} is right; nothing that it describes has changed.`;
  if (recommended !== undefined && recommended !== declared) {
    return `${declared} will do; ${recommended} (${bump}) would be enough.`;
  }
  return `${declared} is right (${bump}).`;
}
