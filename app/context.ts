import type { Pool } from 'pg';
import type { ApprovalPolicy } from '../core/configuration/approval-policy.ts';
import type { Octokit } from '../github/octokit.ts';
import type { JobQueue } from '../registry/queue/port.ts';
import type { Assessment } from './approval/assess.ts';
import type { Logger } from './log.ts';
import type { Recent } from './recent.ts';

/** What every part of the App works with. */
export interface AppContext {
  readonly appId: number;
  readonly registry: Pool;
  readonly queue: JobQueue;
  readonly log: Logger;
  /** False in tests: nothing waits for GitHub to settle. */
  readonly patient: boolean;
  /** What every repository's policy asks at least. */
  readonly floor: ApprovalPolicy | undefined;
  /** By repository and commits. */
  readonly assessments: Recent<Assessment>;
  /** GitHub with the rights of one installation. */
  github(installationId: number): Promise<Octokit>;
  /** GitHub with the rights of the App itself: it sees its installations and nothing else. */
  asApp(): Promise<Octokit>;
  /** The App's own login: `sluice[bot]`. */
  login(): Promise<string>;
}
