import { isRunState } from '../migration/states.ts';
import type { AuditEvent } from './event.ts';

/** What the audit trail adds up to. */
export interface Statistics {
  readonly approvals: {
    /** Pull requests that needed an approval. */
    readonly requested: number;
    readonly approved: number;
    readonly rejected: number;
    readonly pending: number;
    /** Seconds from the request to the first approval, on average over those where both are known; undefined when none is. */
    readonly averageTime: number | undefined;
  };
  readonly migrations: {
    readonly ordered: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly rolledBack: number;
    readonly cancelled: number;
    readonly underWay: number;
    /** Succeeded of all that are over and were not called off, from 0 to 1; undefined when there are none. */
    readonly success: number | undefined;
  };
}

interface Request {
  state: 'pending' | 'approved' | 'rejected';
  readonly asked: number | undefined;
  approved: number | undefined;
}

type RunOutcome = 'under-way' | 'succeeded' | 'failed' | 'rolled-back' | 'cancelled';

const requestStates = new Map<string, Request['state'] | 'over'>([
  ['approval.requested', 'pending'],
  ['approval.given', 'approved'],
  ['approval.rejected', 'rejected'],
  ['approval.invalidated', 'pending'],
  ['approval.not-needed', 'over'],
  // Closed without a merge: nobody has to decide any more.
  ['approval.withdrawn', 'over'],
]);

const runOutcomes = new Map<string, RunOutcome>([
  // The application uses the new table from here on; only the old one is still kept.
  ['run.reversing', 'succeeded'],
  ['run.completing', 'succeeded'],
  ['run.completed', 'succeeded'],
  ['run.failed', 'failed'],
  ['run.rolled-back', 'rolled-back'],
  ['run.cancelled', 'cancelled'],
]);

/** Adds up events in the order of the chain. */
export class StatisticsCount {
  readonly #requests = new Map<string, Request>();
  readonly #runs = new Map<string, RunOutcome>();

  add({ kind, repository, subject, at }: AuditEvent): void {
    const key = `${repository} ${subject}`.toLowerCase();
    const state = requestStates.get(kind);
    if (state !== undefined) this.#request(key, state, kind === 'approval.requested' ? Date.parse(at) : undefined, at);
    if (!kind.startsWith('run.')) return;
    // What is told of a run besides its states ends nothing, and begins nothing anew.
    const changes = isRunState(kind.slice('run.'.length)) || !this.#runs.has(key);
    if (changes) this.#runs.set(key, runOutcomes.get(kind) ?? 'under-way');
  }

  total(): Statistics {
    const requests = [...this.#requests.values()];
    const runs = [...this.#runs.values()];
    const inState = (state: Request['state']): number => requests.filter((one) => one.state === state).length;
    const withOutcome = (outcome: RunOutcome): number => runs.filter((one) => one === outcome).length;
    const times = requests.flatMap(({ asked, approved }) =>
      asked === undefined || approved === undefined ? [] : [(approved - asked) / 1000],
    );
    const [succeeded, failed, rolledBack] = [
      withOutcome('succeeded'),
      withOutcome('failed'),
      withOutcome('rolled-back'),
    ];
    const over = succeeded + failed + rolledBack;
    return {
      approvals: {
        requested: requests.length,
        approved: inState('approved'),
        rejected: inState('rejected'),
        pending: inState('pending'),
        averageTime: times.length === 0 ? undefined : times.reduce((sum, time) => sum + time, 0) / times.length,
      },
      migrations: {
        ordered: runs.length,
        succeeded,
        failed,
        rolledBack,
        cancelled: withOutcome('cancelled'),
        underWay: withOutcome('under-way'),
        success: over === 0 ? undefined : succeeded / over,
      },
    };
  }

  #request(key: string, state: Request['state'] | 'over', asked: number | undefined, at: string): void {
    const known = this.#requests.get(key);
    // Nothing breaks any more: nobody has to decide. What was decided before stays decided.
    if (state === 'over') {
      if (known?.state === 'pending') this.#requests.delete(key);
      return;
    }
    const request = known ?? { state, asked, approved: undefined };
    request.state = state;
    if (state === 'approved') request.approved ??= Date.parse(at);
    this.#requests.set(key, request);
  }
}
