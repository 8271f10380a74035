import type { AuditEvent } from '../../core/audit/event.ts';
import { render } from '../../core/rendering/render.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import { isObject, own } from '../../core/schema/json.ts';
import type { Run } from '../../registry/runs/run.ts';
import type { Message } from './channel.ts';

const longestTitle = 150;

/**
 * An event in words for people who are not looking at GitHub.
 * @param web address of GitHub's pages, without a slash at the end
 * @param run the run that the event is about, if it is about one
 */
export function messageOf(event: AuditEvent, web: string, run: Run | undefined): Message {
  const { kind, repository, actor, subject, hash } = event;
  const what = run ? `${run.schema} ${run.fromVersion ?? ''} → ${run.toVersion ?? ''}` : subject;
  const facts = {
    title: onOneLine(`${titles.get(kind) ?? kind}: ${what} in ${repository}`).slice(0, longestTitle),
    repository: onOneLine(repository),
    what: onOneLine(what),
    who: actor === 'sluice' ? '' : onOneLine(actor),
    reason: onOneLine(textIn(event, 'reason')),
    cause: onOneLine(run?.error?.message ?? ''),
    remedy: onOneLine(run?.error?.remedy ?? ''),
    run: run?.id ?? '',
    link: linkOf(event, web, run) ?? '',
    meaning: meanings.get(kind) ?? '',
  };
  return { title: facts.title, text: render('app/notification', facts).trim(), id: `sluice-${hash.slice(0, 32)}` };
}

const titles = new Map([
  ['approval.requested', 'Approval requested'],
  ['approval.given', 'Approved'],
  ['approval.rejected', 'Changes requested'],
  ['approval.invalidated', 'Approval no longer valid'],
  ['merge.held', 'Merged but held'],
  ['push.held', 'Pushed but held'],
  ['run.prechecking', 'Migration started'],
  ['run.failed', 'Migration failed'],
  ['run.needs-attention', 'Migration needs a person'],
  ['log.grown', 'Many writes wait for a migration'],
  ['run.reversing', 'Migrated'],
  ['run.completed', 'Migrated'],
  ['run.rolled-back', 'Rolled back'],
  ['run.cancelled', 'Migration called off'],
]);

const meanings = new Map([
  [
    'approval.requested',
    'A breaking change waits for somebody who may approve it. The check "Sluice / approval" says who.',
  ],
  ['approval.invalidated', 'What was approved is not what would be merged now. It has to be looked at again.'],
  [
    'merge.held',
    'It was merged without a valid approval, or with problems: nothing was migrated or published. An issue says what to do.',
  ],
  [
    'push.held',
    'It was pushed past any pull request and breaks something: nothing was migrated or published. An issue says what to do.',
  ],
  ['run.failed', 'The table is as it was before.'],
]);

function textIn({ data }: AuditEvent, name: string): string {
  const value = isObject(data) ? own(data, name) : undefined;
  return typeof value === 'string' ? value : '';
}

/** Made of what GitHub checked: names of repositories and numbers. */
function linkOf({ repository, subject, data }: AuditEvent, web: string, run: Run | undefined): string | undefined {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) return undefined;
  const issue = isObject(data) ? own(data, 'issue') : undefined;
  if (typeof issue === 'number') return `${web}/${repository}/issues/${issue}`;
  const number = run ? String(run.pullRequest) : /^pull request (\d+)$/.exec(subject)?.[1];
  return number === undefined ? undefined : `${web}/${repository}/pull/${number}`;
}
