/** Who must approve a change that breaks something or moves records. All requirements must be met, for each schema of its own. */
export interface ApprovalPolicy {
  readonly rules: readonly ApprovalRequirement[];
  /** Whether an approval survives pushes that leave alone what was approved. Absent: yes. An update from the base branch it survives anyway. */
  readonly keepOnPush?: boolean;
  /** Whether a pull request may be merged while conditions of its approval are open; its run waits for them anyway. Absent: yes. */
  readonly mergeBeforeConditions?: boolean;
  /** Windows by name, as people write them: for conditions, `startIn` and `/sluice schedule`. */
  readonly windows?: Readonly<Record<string, string>>;
  /** Windows in which runs may start, by name or as people write them; all have to be open. Absent: at any time. */
  readonly startIn?: readonly string[];
  /** Percent by which the number of records may have changed when the run starts. Absent: `defaultRecordChange`. */
  readonly recordChange?: number;
  /** Nobody wrote it: the policy of the organisation, if there is one, takes its place. */
  readonly isDefault?: true;
}

export type ApprovalRequirement = ApprovalRule | ApprovalGroup;

/** `and`: all parts must be met; `or`: one is enough. Parts whose conditions do not hold are left out. */
export type ApprovalGroup =
  | { readonly and: readonly ApprovalRequirement[]; readonly when?: ApprovalConditions }
  | { readonly or: readonly ApprovalRequirement[]; readonly when?: ApprovalConditions };

/** Who must approve. Without users, teams and code owners: anyone with the permission. */
export interface ApprovalRule {
  readonly name: string;
  /** How many different people. */
  readonly require: number;
  /** GitHub logins. */
  readonly users: readonly string[];
  /** `organisation/team`. */
  readonly teams: readonly string[];
  /** Whether those whom CODEOWNERS of the base branch names for the schema's file count. Absent: no. */
  readonly codeowners?: boolean;
  /** Repository permission that counts when nobody is named. */
  readonly permission: 'write' | 'maintain' | 'admin';
  /** Whether the author of the pull request counts. Default false. */
  readonly author: boolean;
  /** Whether those who wrote commits of it count. Absent: as the author. */
  readonly committer?: boolean;
  /** When the rule is asked at all. Absent: always. */
  readonly when?: ApprovalConditions;
}

/** All that are given must hold, of one and the same schema. What cannot be known counts as holding where that asks for more. */
export interface ApprovalConditions {
  /** Globs; the schema's path, or the one it had before, matches one of them. */
  readonly schemas?: readonly string[];
  /** Kinds; one of the changes that need the approval is among them. */
  readonly changes?: readonly string[];
  /** Kinds; all of the changes that need the approval are among them. */
  readonly onlyChanges?: readonly string[];
  /** The step that the version must make. */
  readonly severity?: readonly Severity[];
  /** More stored records than this are touched. */
  readonly recordsAbove?: number;
  /** `environment` of the target that holds the records. */
  readonly environment?: readonly string[];
  /** Whether the migration loses something. */
  readonly lossy?: boolean;
  /** Whether the verdict is "undecided". */
  readonly undecided?: boolean;
}

/** Percent. Fewer than `recordsOfNoMatter` more or less never matter. */
export const defaultRecordChange = 20;
export const recordsOfNoMatter = 1000;

export const approvalSeverities = ['patch', 'minor', 'major'] as const;
export type Severity = (typeof approvalSeverities)[number];

/** The rules of a requirement, from left to right. */
export function rulesIn(requirements: readonly ApprovalRequirement[]): readonly ApprovalRule[] {
  return requirements.flatMap((each) => {
    if ('and' in each) return rulesIn(each.and);
    return 'or' in each ? rulesIn(each.or) : [each];
  });
}
