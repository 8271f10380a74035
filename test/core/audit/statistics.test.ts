import { describe, expect, it } from 'vitest';
import { chainStart } from '../../../core/audit/event.ts';
import { type Statistics, StatisticsCount } from '../../../core/audit/statistics.ts';

/** `[kind, subject, minutes]` */
function count(...events: (readonly [string, string, number])[]): Statistics {
  const count = new StatisticsCount();
  for (const [kind, subject, minutes] of events) {
    const at = new Date(Date.UTC(2026, 2, 1, 12, minutes)).toISOString();
    const rest = { repository: 'acme/claims', actor: 'sluice', data: {}, previous: chainStart, hash: '' };
    count.add({ sequence: 1, at, kind, subject, ...rest });
  }
  return count.total();
}

describe('statistics', () => {
  it('of nothing say that there is nothing, not zero', () => {
    expect(count()).toEqual({
      approvals: { requested: 0, approved: 0, rejected: 0, pending: 0, averageTime: undefined },
      migrations: { ordered: 0, succeeded: 0, failed: 0, rolledBack: 0, cancelled: 0, underWay: 0, success: undefined },
    });
  });

  it('count a pull request once, as what it is now', () => {
    const { approvals } = count(
      ['approval.requested', 'pull request 1', 0],
      ['approval.given', 'pull request 1', 10],
      ['approval.given', 'pull request 1', 11],
      ['approval.requested', 'pull request 2', 0],
      ['approval.rejected', 'pull request 2', 5],
      ['approval.requested', 'pull request 3', 0],
      ['approval.given', 'pull request 3', 20],
      ['approval.invalidated', 'pull request 3', 25],
      ['approval.requested', 'pull request 4', 0],
      ['approval.not-needed', 'pull request 4', 1],
      ['approval.given', 'pull request 5', 1],
    );
    expect(approvals).toEqual({ requested: 4, approved: 2, rejected: 1, pending: 1, averageTime: 15 * 60 });
  });

  it('measure the time to the first approval, from the request', () => {
    const { approvals } = count(
      ['approval.requested', 'pull request 1', 0],
      ['approval.given', 'pull request 1', 4],
      ['approval.invalidated', 'pull request 1', 5],
      ['approval.requested', 'pull request 1', 5],
      ['approval.given', 'pull request 1', 50],
    );
    expect(approvals.averageTime).toBe(240);
  });

  it('take a run for what became of it', () => {
    const run = (id: string, ...states: string[]): (readonly [string, string, number])[] =>
      states.map((state) => [`run.${state}`, id, 0] as const);
    const { migrations } = count(
      ...run('a', 'prechecking', 'reversing', 'completing', 'completed'),
      ...run('b', 'prechecking', 'reversing'),
      ...run('c', 'prechecking', 'failed'),
      ...run('d', 'prechecking', 'reversing', 'rolling-back', 'rolled-back'),
      ...run('e', 'cancelled'),
      ...run('f', 'prechecking', 'backfilling'),
    );
    expect(migrations).toEqual({
      ordered: 6,
      succeeded: 2,
      failed: 1,
      rolledBack: 1,
      cancelled: 1,
      underWay: 1,
      success: 0.5,
    });
  });

  it('leave a run as it is when something else is told of it', () => {
    const { migrations } = count(
      ['run.planned', 'r1', 0],
      ['run.reversing', 'r1', 1],
      ['run.records-retried', 'r1', 2],
      ['run.failed', 'r2', 3],
      ['run.planned', 'r2', 4],
    );
    expect(migrations).toMatchObject({ ordered: 2, succeeded: 1, failed: 0, underWay: 1 });
  });
});
