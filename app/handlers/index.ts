import type { Probot } from 'probot';
import type { AppContext } from '../context.ts';
import { onCheckButton } from './check-button.ts';
import { onCheckRun } from './check-run.ts';
import { onCommand } from './command.ts';
import { onMergeGroup } from './merge-group.ts';
import { onPullRequest } from './pull-request.ts';
import { onPullRequestReview } from './pull-request-review.ts';
import { onPush } from './push.ts';
import { onReleaseComment } from './release-comment.ts';

/** All webhooks that have an effect. `app.yml` subscribes to their events; a test compares the two. */
export const handlers: readonly ((app: Probot, context: AppContext) => void)[] = [
  onPullRequest,
  onPullRequestReview,
  onCheckRun,
  onMergeGroup,
  onPush,
  onReleaseComment,
  onCommand,
  onCheckButton,
];
