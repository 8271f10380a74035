import type { Bridge } from '../emulation.ts';
import { appBoundChecks } from './app-bound-checks.ts';
import { appPermissions } from './app-permissions.ts';
import { associatedPulls } from './associated-pulls.ts';
import { badCredentials } from './bad-credentials.ts';
import { baseChange } from './base-change.ts';
import { blobs } from './blobs.ts';
import { branchPushes } from './branch-pushes.ts';
import { checkButtons } from './check-buttons.ts';
import { checkLimits } from './check-limits.ts';
import { collaboratorPermission } from './collaborator-permission.ts';
import { commentTimes } from './comment-times.ts';
import { contentsLimits } from './contents-limits.ts';
import { deployments } from './deployments.ts';
import { installationRepositories } from './installation-repositories.ts';
import { issuesOfPulls } from './issues-of-pulls.ts';
import { merge } from './merge.ts';
import { pullFiles } from './pull-files.ts';
import { reactions } from './reactions.ts';
import { reviewComments } from './review-comments.ts';
import { viewer } from './viewer.ts';

/** Outermost first. */
export const bridges: readonly Bridge[] = [
  badCredentials,
  appPermissions,
  branchPushes,
  blobs,
  viewer,
  installationRepositories,
  pullFiles,
  associatedPulls,
  baseChange,
  merge,
  checkButtons,
  commentTimes,
  checkLimits,
  appBoundChecks,
  collaboratorPermission,
  contentsLimits,
  issuesOfPulls,
  reactions,
  reviewComments,
  deployments,
];
