/** What a policy makes of the facts. Illegal mixtures cannot be written. */
export type Decision =
  | { readonly state: 'not-needed' }
  | { readonly state: 'approved'; readonly by: readonly string[]; readonly rules: readonly RuleState[] }
  | {
      readonly state: 'waiting';
      readonly rules: readonly RuleState[];
      readonly stale: readonly StaleApproval[];
      readonly refused: readonly RefusedApproval[];
    }
  | { readonly state: 'rejected'; readonly by: readonly string[]; readonly reason: string };

export interface RuleState {
  readonly rule: string;
  readonly required: number;
  readonly given: readonly string[];
  /** Who may give what is missing, in words: `@acme/platform`, `anyone with write permission`. */
  readonly from: string;
}

export interface StaleApproval {
  readonly login: string;
  readonly commit: string;
}

export interface RefusedApproval {
  readonly login: string;
  /** Such as `is the author of the pull request`. */
  readonly reason: string;
}
