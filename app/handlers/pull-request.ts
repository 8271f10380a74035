import type { Probot } from 'probot';
import type { AppContext } from '../context.ts';
import { receiveForPullRequest } from './receive.ts';

/** Everything that can change what a pull request asks for, or end it. */
export function onPullRequest(app: Probot, context: AppContext): void {
  app.on(
    [
      'pull_request.opened',
      'pull_request.synchronize',
      'pull_request.reopened',
      'pull_request.edited',
      'pull_request.ready_for_review',
      'pull_request.closed',
    ],
    async (event) => {
      const { payload } = event;
      // Of edits, only another base branch matters.
      if (payload.action === 'edited' && payload.changes.base === undefined) return;
      await receiveForPullRequest(context, event, payload.pull_request.number);
    },
  );
}
