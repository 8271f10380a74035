import type { Acceptance } from '../configuration/configuration.ts';
import { type Day, isOver } from './expiry.ts';
import { totalFingerprint } from './fingerprint.ts';
import type { SchemaReview } from './review.ts';

/**
 * Marks the changes that the base branch's configuration accepts, each bound to exactly its content like an approval. One that is accepted
 * needs no approval any more, except where a migration would run: nobody has looked at that.
 */
export function withAcceptances<Subject extends { readonly review: SchemaReview }>(
  subjects: readonly Subject[],
  accept: readonly Acceptance[],
  today: Day | undefined,
): Subject[] {
  const total = totalFingerprint(subjects.map(({ review }) => review));
  return subjects.map((subject) => {
    const { review } = subject;
    const { fingerprint, verdict, migration } = review;
    const entry = accept.find((one) => one.fingerprint === fingerprint || one.fingerprint === total);
    if (!entry || fingerprint === undefined || verdict === 'compatible') return subject;
    const { reason, until } = entry;
    const state = isOver(until, today) ? 'expired' : 'accepted';
    const acceptance = { state, reason, until, fingerprint } as const;
    const isSettled = state === 'accepted' && migration.status !== 'given';
    return { ...subject, review: { ...review, acceptance, fingerprint: isSettled ? undefined : fingerprint } };
  });
}

/** Whether a schema's change is let through by the configuration. */
export function isAccepted({ acceptance }: SchemaReview): boolean {
  return acceptance?.state === 'accepted';
}
