import type { ApprovalPolicy } from '../../configuration/configuration.ts';
import type { Impact } from '../../impact/impact.ts';
import type { Review } from '../../review/review.ts';

/** Everything a report of a review is made of. */
export interface ReportInput {
  readonly review: Review;
  readonly policy: ApprovalPolicy;
  /** By path of the schema; without an entry nobody asked. */
  readonly impact: ReadonlyMap<string, Impact>;
  /** Name of the branch that the pull request goes to. */
  readonly baseBranch: string;
  readonly links: Links;
  /** Where the whole report is, in words: `the summary of this job`. */
  readonly fullReport: Link | undefined;
}

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** Makes addresses of what a report mentions; undefined where there is none. */
export interface Links {
  /** A line of a file at the head (`new`) or base (`old`) commit. */
  line(path: string, line: number, side: 'old' | 'new'): string | undefined;
  /** A page that offers to create a file with this text on the head branch. */
  create(path: string, text: string): string | undefined;
}

/** In terminals and tests: no addresses. */
export const noLinks: Links = { line: () => undefined, create: () => undefined };
