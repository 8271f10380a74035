import type { Decision } from '../../core/approval/decision.ts';
import { policyHash } from '../../core/approval/policy-hash.ts';
import type { Database } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { noteProposals } from '../../registry/proposals.ts';
import { moveRequest, type RequestState, requestState } from '../../registry/requests.ts';
import type { Decided } from './remember.ts';

interface Asking {
  readonly repository: string;
  readonly pullRequest: number;
  readonly installationId: number;
}

/**
 * Writes into the audit trail when an approval is asked for, refused, or needed no more, once for each, and notes which versions the pull
 * request would bring. In the transaction that remembers the decision.
 */
export async function noteRequest(
  db: Database,
  asking: Asking,
  { head, decision, review, policy }: Decided,
): Promise<void> {
  const proposals = (review?.schemas ?? []).flatMap(({ name: schema, newVersion: version }) =>
    version === undefined ? [] : [{ schema, version }],
  );
  await noteProposals(db, asking, proposals);
  if (decision === undefined) return;
  const state = stateOf(decision);
  // Nobody was ever asked.
  if (state === 'over' && (await requestState(db, asking)) === undefined) return;
  const before = await moveRequest(db, asking, state);
  if (before === state) return;
  const event = eventOf(decision, before);
  if (event === undefined) return;
  await appendEvent(db, {
    ...event,
    repository: asking.repository,
    subject: `pull request ${asking.pullRequest}`,
    data: {
      head,
      fingerprint: review?.fingerprint ?? null,
      ...(policy === undefined ? {} : { policy: policyHash(policy) }),
      ...('reason' in event ? { reason: event.reason } : {}),
    },
  });
}

function stateOf(decision: Decision): RequestState {
  switch (decision.state) {
    case 'not-needed':
      return 'over';
    case 'approved':
      return 'approved';
    case 'rejected':
      return 'rejected';
    default:
      return 'pending';
  }
}

/** An approval that is given or lost has lines of its own. */
function eventOf(
  decision: Decision,
  before: RequestState | undefined,
): { readonly kind: string; readonly actor: string; readonly reason?: string } | undefined {
  switch (decision.state) {
    case 'not-needed':
      return before === 'pending' || before === 'rejected'
        ? { kind: 'approval.not-needed', actor: 'sluice' }
        : undefined;
    case 'rejected':
      return { kind: 'approval.rejected', actor: decision.by.join(', '), reason: decision.reason };
    case 'approved':
      // Asked for and given before anybody looked: both happened.
      return before === undefined ? { kind: 'approval.requested', actor: 'sluice' } : undefined;
    default:
      return before === 'approved' ? undefined : { kind: 'approval.requested', actor: 'sluice' };
  }
}
