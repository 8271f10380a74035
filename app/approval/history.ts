import { isObject, own } from '../../core/schema/json.ts';
import { formatRepository } from '../../github/octokit.ts';
import { type EventRow, listEvents } from '../../registry/events.ts';
import type { AppContext } from '../context.ts';
import type { PullRequestJob } from '../jobs.ts';

/** What happened to the approval of a pull request, in words; the last of it, in the order it happened. */
export async function historyOf(
  { registry }: AppContext,
  { repository, number }: PullRequestJob,
): Promise<readonly Happened[]> {
  const events = await listEvents(registry, {
    repository: formatRepository(repository),
    subject: `pull request ${number}`,
    limit: 1000,
  });
  return events.flatMap(happened).slice(-20);
}

export interface Happened {
  /** `2026-01-31 12:05 UTC`. */
  readonly at: string;
  readonly what: string;
}

function happened({ at, kind, actor, data }: EventRow): Happened[] {
  const moment = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const field = (name: string): string => {
    const value = isObject(data) ? own(data, name) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
  };
  switch (kind) {
    case 'approval.given':
      return [{ at: moment, what: `\`${actor}\` approved \`${field('head').slice(0, 7)}\`` }];
    case 'approval.invalidated':
      return [{ at: moment, what: `the approval ended: ${field('reason')}` }];
    case 'approval.rejected':
      return [{ at: moment, what: `\`${actor}\` asked for changes` }];
    case 'approval.withdrawn':
      return [{ at: moment, what: 'the pull request was closed' }];
    case 'schedule.set':
      return [{ at: moment, what: `\`${actor}\` scheduled the run: ${field('window')}` }];
    case 'condition.met':
      return [{ at: moment, what: `\`${actor}\` said that condition ${field('condition')} is met` }];
    default:
      return [];
  }
}
