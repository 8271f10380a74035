import type { Probot } from 'probot';
import { isReleaseCommand } from '../../github/release-comments.ts';
import type { AppContext } from '../context.ts';
import { branchMessage } from '../jobs.ts';
import { receive } from './receive.ts';

/** Somebody asks below an issue to let go ahead what it tells of. Who may, is decided from what is there when the job runs. */
export function onReleaseComment(app: Probot, context: AppContext): void {
  app.on('issue_comment.created', async (event) => {
    const { issue, comment } = event.payload;
    if (issue.pull_request || !isReleaseCommand(comment.body)) return;
    await receive(context, event, issue.number, (place) => branchMessage(place, 0));
  });
}
