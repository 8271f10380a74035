import type { AuditEvent } from '../../core/audit/event.ts';
import { isObject, own } from '../../core/schema/json.ts';

/** What people can be notified of. */
export const topics = [
  'approval-requested',
  'approval-decided',
  'approval-stale',
  'held',
  'run-started',
  'run-failed',
  'run-finished',
] as const;
export type Topic = (typeof topics)[number];

const byKind = new Map<string, Topic>([
  ['approval.requested', 'approval-requested'],
  ['approval.given', 'approval-decided'],
  ['approval.rejected', 'approval-decided'],
  ['approval.invalidated', 'approval-stale'],
  ['merge.held', 'held'],
  ['push.held', 'held'],
  ['run.prechecking', 'run-started'],
  ['run.failed', 'run-failed'],
  ['run.needs-attention', 'run-failed'],
  // Nothing has failed yet; somebody should look before it does.
  ['log.grown', 'run-failed'],
  ['run.reversing', 'run-finished'],
  ['run.rolled-back', 'run-finished'],
  ['run.cancelled', 'run-finished'],
]);

/** What an event is about; undefined when nobody is notified of its like. */
export function topicOf({ kind, data }: Pick<AuditEvent, 'kind' | 'data'>): Topic | undefined {
  const from = isObject(data) ? own(data, 'from') : undefined;
  // An empty table needs no cutover; all others were said to be finished at theirs.
  if (kind === 'run.completed') return from === 'prechecking' ? 'run-finished' : undefined;
  // Back to where it was, as rolling back was refused: that is no second end.
  if (kind === 'run.reversing' && from !== 'cutting-over') return undefined;
  return byKind.get(kind);
}
