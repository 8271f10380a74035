/** What a policy makes of the facts. Illegal mixtures cannot be written. */
export type Decision =
  | { readonly state: 'not-needed' }
  | {
      readonly state: 'approved';
      readonly by: readonly string[];
      readonly rules: readonly RuleState[];
      /** The opinions that make it, with the conditions that came with them. */
      readonly given?: readonly GivenApproval[];
    }
  | {
      readonly state: 'waiting';
      readonly rules: readonly RuleState[];
      readonly stale: readonly StaleApproval[];
      readonly refused: readonly RefusedApproval[];
      /** How many approvals are missing at least, as far as one person is not counted for two rules. */
      readonly missing: number;
    }
  | { readonly state: 'rejected'; readonly by: readonly string[]; readonly reason: string };

/** An approval that counts. */
export interface GivenApproval {
  readonly login: string;
  /** Names the opinion: `review:42`, `comment:7`. */
  readonly source: string;
  /** In words. */
  readonly conditions: readonly string[];
}

/** A rule that was asked, for the schemas that it was asked for with the same people to give it. */
export interface RuleState {
  readonly rule: string;
  readonly required: number;
  readonly given: readonly string[];
  /** Who may give what is missing, in words: `@acme/platform`, `anyone with write permission`. */
  readonly from: string;
  /** The same people by name, where they are named. */
  readonly named: { readonly users: readonly string[]; readonly teams: readonly string[] };
  /** Paths. */
  readonly schemas: readonly string[];
  /** Why it is asked although its conditions may not hold: what is not known. */
  readonly because?: string;
  /** Whether another rule in its place would do as well. */
  readonly alternative?: true;
}

export interface StaleApproval {
  readonly login: string;
  readonly commit: string;
  /** Such as `what it breaks has changed since`. */
  readonly reason: string;
}

export interface RefusedApproval {
  readonly login: string;
  /** Such as `is the author of the pull request`. */
  readonly reason: string;
}
