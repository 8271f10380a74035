import type { Probot } from 'probot';
import { readApprovalCheckId } from '../approval/check.ts';
import type { AppContext } from '../context.ts';
import { receiveForPullRequest } from './receive.ts';

/** "Re-run" on one of our checks. The pull request is in our own id of the check: for forks GitHub leaves the list empty. */
export function onCheckRun(app: Probot, context: AppContext): void {
  app.on('check_run.rerequested', async (event) => {
    const { check_run: run } = event.payload;
    if (run.app?.id !== context.appId) return;
    const shown = readApprovalCheckId(run.external_id);
    if (shown) await receiveForPullRequest(context, event, shown.number);
  });
}
