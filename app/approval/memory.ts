import type { Pool } from 'pg';
import { type CommandRow, commandOpinions } from '../../registry/commands.ts';
import { type Bound, firstSight } from '../../registry/seen-reviews.ts';
import type { PullRequestKey } from '../../registry/shown.ts';

/** What is remembered of the opinions on a pull request. */
export interface OpinionMemory {
  /** What an approving review was of when it was first seen; now, if it is seen for the first time. */
  firstSight(review: {
    readonly review: number;
    readonly fingerprint: string | undefined;
    readonly base: string;
  }): Promise<Bound>;
  /** Opinions that were given as commands, oldest first. */
  commands(): Promise<readonly CommandRow[]>;
}

export function registryMemory(registry: Pool, of: PullRequestKey): OpinionMemory {
  return {
    firstSight: (review) => firstSight(registry, { ...of, ...review }),
    commands: () => commandOpinions(registry, of),
  };
}

/** For who has no registry: everything is seen for the first time, and nothing is known of commands. */
export const noMemory: OpinionMemory = {
  firstSight: ({ fingerprint, base }) => Promise.resolve({ fingerprint, base }),
  commands: () => Promise.resolve([]),
};
