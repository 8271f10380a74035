import type { Probot } from 'probot';
import type { AppContext } from '../context.ts';
import { receiveForPullRequest } from './receive.ts';

/** Somebody gave an opinion or took one back. */
export function onPullRequestReview(app: Probot, context: AppContext): void {
  app.on(['pull_request_review.submitted', 'pull_request_review.dismissed'], async (event) => {
    await receiveForPullRequest(context, event, event.payload.pull_request.number);
  });
}
