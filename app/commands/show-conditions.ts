import type { ConditionKind } from '../../core/approval/condition.ts';
import { unreachable } from '../../core/unreachable.ts';
import { formatRepository } from '../../github/octokit.ts';
import { currentApproval } from '../../registry/approvals.ts';
import { type Condition, listConditions } from '../../registry/conditions.ts';
import type { AppContext } from '../context.ts';
import type { CommandJob } from '../jobs.ts';
import type { Answer } from './answer.ts';

/** Lists the conditions of the approval that a pull request has now. Anybody may ask. */
export async function showConditions({ registry }: AppContext, { repository, number }: CommandJob): Promise<Answer> {
  const of = { repository: formatRepository(repository), pullRequest: number };
  const approval = await currentApproval(registry, of);
  if (approval === undefined) return { done: true, words: 'nothing is approved, so there are no conditions.' };
  const conditions = await listConditions(registry, { ...of, fingerprint: approval.fingerprint });
  if (conditions.length === 0) return { done: true, words: 'it is approved without conditions.' };
  return {
    done: true,
    words: 'these are the conditions; the run waits for all of them.',
    details: conditions.map(line),
  };
}

function line({ position, words, setBy, metBy, kind }: Condition): string {
  const state = metBy === undefined ? openWords(kind) : `met, says \`${metBy}\``;
  return `\`${position}\` ${words} (set by \`${setBy}\`): ${state}`;
}

function openWords(kind: ConditionKind['kind']): string {
  switch (kind) {
    case 'window':
      return 'the run works in it';
    case 'rehearsal':
      return 'checked when the run starts; `/sluice rehearse` orders one after the merge';
    case 'task':
    case 'no-records-without':
      return 'open';
    default:
      return unreachable(kind);
  }
}
