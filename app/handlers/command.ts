import type { Probot } from 'probot';
import { isForSluice } from '../../core/approval/commands/parse.ts';
import type { AppContext } from '../context.ts';
import { commandMessage } from '../jobs.ts';
import { receive } from './receive.ts';

/** Somebody writes a command below a pull request. What it says is read again when the job runs: by then it may be edited or gone. */
export function onCommand(app: Probot, context: AppContext): void {
  app.on('issue_comment.created', async (event) => {
    const { issue, comment } = event.payload;
    if (!issue.pull_request || comment.user?.type !== 'User' || !isForSluice(comment.body)) return;
    const number = issue.number;
    await receive(context, event, number, (place) =>
      commandMessage({ ...place, number, key: `comment:${comment.id}` }),
    );
  });
}
