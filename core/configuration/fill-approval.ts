import type {
  ApprovalConditions,
  ApprovalPolicy,
  ApprovalRequirement,
  ApprovalRule,
  Severity,
} from './approval-policy.ts';

/** `approval:` as its author wrote it, after ajv has agreed with it. */
export type WrittenApproval =
  | readonly WrittenRequirement[]
  | {
      readonly rules: readonly WrittenRequirement[];
      readonly 'keep-on-push'?: boolean;
      readonly 'merge-before-conditions'?: boolean;
      readonly windows?: Readonly<Record<string, string>>;
      readonly 'start-in'?: string;
      readonly 'record-change'?: number;
    };

export type WrittenRequirement = WrittenRule | WrittenGroup;

export type WrittenGroup =
  | { readonly and: readonly WrittenRequirement[]; readonly when?: WrittenConditions }
  | { readonly or: readonly WrittenRequirement[]; readonly when?: WrittenConditions };

export interface WrittenRule {
  readonly name: string;
  readonly require?: number;
  readonly users?: readonly string[];
  readonly teams?: readonly string[];
  readonly codeowners?: boolean;
  readonly permission?: ApprovalRule['permission'];
  readonly author?: boolean;
  readonly committer?: boolean;
  readonly when?: WrittenConditions;
}

export interface WrittenConditions {
  readonly schemas?: readonly string[];
  readonly changes?: readonly string[];
  readonly 'only-changes'?: readonly string[];
  readonly severity?: readonly Severity[];
  readonly 'records-above'?: number;
  readonly environment?: readonly string[];
  readonly lossy?: boolean;
  readonly undecided?: boolean;
}

/** What is not written has its default. */
export function fillApproval(written: WrittenApproval): ApprovalPolicy {
  if (!('rules' in written)) return { rules: written.map(requirement) };
  const { 'keep-on-push': keepOnPush, 'merge-before-conditions': mergeBeforeConditions } = written;
  const { windows, 'start-in': startIn, 'record-change': recordChange } = written;
  return {
    rules: written.rules.map(requirement),
    ...(keepOnPush === undefined ? {} : { keepOnPush }),
    ...(mergeBeforeConditions === undefined ? {} : { mergeBeforeConditions }),
    ...(windows === undefined ? {} : { windows }),
    ...(startIn === undefined ? {} : { startIn: [startIn] }),
    ...(recordChange === undefined ? {} : { recordChange }),
  };
}

/** The list of requirements in either way of writing. */
export function writtenRequirements(written: WrittenApproval): readonly WrittenRequirement[] {
  return 'rules' in written ? written.rules : written;
}

function requirement(written: WrittenRequirement): ApprovalRequirement {
  const when = written.when === undefined ? {} : { when: conditions(written.when) };
  if ('and' in written) return { and: written.and.map(requirement), ...when };
  if ('or' in written) return { or: written.or.map(requirement), ...when };
  return {
    name: written.name,
    require: written.require ?? 1,
    users: written.users ?? [],
    teams: written.teams ?? [],
    permission: written.permission ?? 'write',
    author: written.author ?? false,
    ...(written.codeowners === undefined ? {} : { codeowners: written.codeowners }),
    ...(written.committer === undefined ? {} : { committer: written.committer }),
    ...when,
  };
}

function conditions(written: WrittenConditions): ApprovalConditions {
  const { 'only-changes': onlyChanges, 'records-above': recordsAbove, ...same } = written;
  return {
    ...same,
    ...(onlyChanges === undefined ? {} : { onlyChanges }),
    ...(recordsAbove === undefined ? {} : { recordsAbove }),
  };
}
