import type { ApprovalPolicy, Target } from '../../configuration/configuration.ts';
import type { Impact } from '../../impact/impact.ts';
import type { Rehearsal } from '../../impact/rehearsal.ts';
import type { Review } from '../../review/review.ts';
import type { SqlReview } from '../../sql/sql-review.ts';
import type { Suggestion } from '../suggestions/suggestion.ts';

/** Everything a report of a review is made of. */
export interface ReportInput {
  readonly review: Review;
  readonly policy: ApprovalPolicy;
  /** Of the configuration, for rules that ask for an environment. */
  readonly targets?: ReadonlyMap<string, Target>;
  /** By path of the schema; without an entry nobody asked. */
  readonly impact: ReadonlyMap<string, Impact>;
  /** By path of the schema; without an entry nobody tried. */
  readonly rehearsals?: ReadonlyMap<string, Rehearsal>;
  /** The SQL migrations; absent when none changed, or nobody looked. */
  readonly sql?: SqlReview;
  /** Name of the branch that the pull request goes to. */
  readonly baseBranch: string;
  readonly links: Links;
  /** Where the whole report is, in words: `the summary of this job`. */
  readonly fullReport: Link | undefined;
  /** Path of the configuration, where it is not the usual one. */
  readonly configuration?: string;
  readonly suggested?: readonly SuggestedEdit[];
  /** Whether the report that this one replaces said that the change does not pass, see `saidNo`. */
  readonly saidNoBefore?: boolean;
}

/** An edit that stands on its line, to be committed as it is. */
export interface SuggestedEdit extends Pick<Suggestion, 'kind' | 'path'> {
  readonly line: number;
  /** Of the comment on the line. */
  readonly url: string;
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

/** Longer addresses are left out: names of files are a stranger's, and a comment has room for only so many characters. */
const longestAddress = 1_000;

export function shortLinks(links: Links): Links {
  return {
    line: (path, line, side) => {
      const address = links.line(path, line, side);
      return address === undefined || address.length > longestAddress ? undefined : address;
    },
    create: (path, text) => links.create(path, text),
  };
}

/** In terminals and tests: no addresses. */
export const noLinks: Links = { line: () => undefined, create: () => undefined };
