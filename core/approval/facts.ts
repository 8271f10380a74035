import type { CodeOwners } from './codeowners/owners-of.ts';
import type { Subject } from './subject.ts';

/** What a decision needs to know of the world, asked when it is needed. GitHub is one implementation, a file is another. */
export interface ApprovalFacts {
  /** Login of the pull request's author. */
  readonly author: string;
  /** The schemas whose change needs approval. */
  readonly subjects: readonly Subject[];
  /** Logins of those who wrote commits of the pull request, as far as the commits tell. */
  contributors(): Promise<readonly string[]>;
  /** Latest opinion of every person, on the content they looked at. */
  reviews(): Promise<readonly ReviewFact[]>;
  /** Live membership: an ex-member is not a member. `team` is `organisation/team`. */
  isMember(team: string, login: string): Promise<boolean>;
  permission(login: string): Promise<Permission>;
  /** Whether anything was pushed after a commit but updates from the base branch that GitHub made. A commit that is gone: yes. */
  pushedSince(commit: string): Promise<boolean>;
  /** Whom CODEOWNERS of the base branch names for a file. */
  codeOwners(path: string): Promise<CodeOwners>;
}

export type Permission = 'none' | 'read' | 'write' | 'maintain' | 'admin';

export interface ReviewFact {
  readonly login: string;
  readonly isBot: boolean;
  readonly opinion: 'approved' | 'changes-requested' | 'dismissed';
  /** The commit that was reviewed. */
  readonly commit: string;
  /** The fingerprint of what that commit would have had approved; undefined when not known. */
  readonly fingerprint: string | undefined;
  /** Why the opinion is of the past although the fingerprint is the same: `the pull request goes to another branch now`. */
  readonly outdated?: string;
  /** Names the opinion: `review:42`, `comment:7`. */
  readonly source?: string;
  /** Under which it approves, in words. */
  readonly conditions?: readonly string[];
  /** Why it asks for changes, in words. */
  readonly reason?: string;
}
