import type { ActionKind, ActionOf } from './action/action.ts';
import type { QualifiedName } from './action/name.ts';
import type { Severity } from './finding.ts';
import type { History } from './history.ts';
import type { LockMode } from './locks/mode.ts';
import type { MigrationFile } from './parse/migration-file.ts';
import type { Statement } from './parse/statement.ts';
import type { Memory } from './state/memory.ts';

/** What a rule says. Where the lock is named, the linter adds the sentence about whom it blocks. */
export interface Problem {
  /** What happens, as one or two sentences. */
  readonly message: string;
  readonly lock?: LockMode;
  /** The table that is locked; also decides by its size how severe the problem is. */
  readonly table?: QualifiedName;
  /** How long: `while the table is rewritten`. */
  readonly during?: string;
  readonly rewrite?: string;
  /** Instead of the rule's own. */
  readonly severity?: Severity;
  /** Byte offset, when it is not the beginning of the part that the rule was asked about. */
  readonly at?: number;
  /** For rules of a whole file: the statement it is about. */
  readonly statement?: Statement;
}

interface RuleFacts {
  /** The file's name. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence for the list of rules: what is found and why it hurts. */
  readonly summary: string;
  /** Major versions of the server it is about. */
  readonly versions?: { readonly from?: number; readonly below?: number };
  /** The harm grows with the table: a table known to be small makes it advice. */
  readonly growsWithTable?: true;
  /** Not asked about the rollback: taking things away is what a rollback is for. */
  readonly upOnly?: true;
}

/** Where the rule's action stands. */
export interface Here {
  readonly statement: Statement;
  /** The action's own part of the statement. */
  readonly text: string;
  readonly start: number;
}

/** Asked about every action of its kinds, with what is known before the statement. */
export interface ActionRule extends RuleFacts {
  readonly scope: 'action';
  readonly kinds: readonly ActionKind[] | 'all';
  readonly check: (action: ActionOf<ActionKind>, known: Memory, here: Here) => Iterable<Problem>;
}

/** What a rule about a whole file may ask. `up` and `down`: what is known at the end of each. */
export interface WholeFile {
  readonly file: MigrationFile;
  readonly up: Memory;
  /** Text of the `.down.sql` beside it. */
  readonly downText: string | undefined;
  readonly history: History | undefined;
}

export interface FileRule extends RuleFacts {
  readonly scope: 'file';
  readonly check: (whole: WholeFile) => Iterable<Problem>;
}

export type Rule = ActionRule | FileRule | TextRule | IgnoreRule;

/** A rule about some kinds of action; `check` gets exactly those. */
export function actionRule<const Kind extends ActionKind>(
  rule: RuleFacts & {
    readonly kinds: readonly Kind[];
    readonly check: (action: ActionOf<Kind>, known: Memory, here: Here) => Iterable<Problem>;
  },
): ActionRule {
  // The linter only asks a rule about its own kinds.
  const check = rule.check as ActionRule['check'];
  return { ...rule, scope: 'action', check };
}

/** A rule about every action. */
export function everyActionRule(
  rule: RuleFacts & { readonly check: (action: ActionOf<ActionKind>, known: Memory, here: Here) => Iterable<Problem> },
): ActionRule {
  return { ...rule, scope: 'action', kinds: 'all' };
}

export function fileRule(rule: RuleFacts & { readonly check: (whole: WholeFile) => Iterable<Problem> }): FileRule {
  return { ...rule, scope: 'file' };
}

/** Asked when the parser refuses the file. */
export interface TextRule extends RuleFacts {
  readonly scope: 'text';
  readonly check: (complaint: string) => Iterable<Problem>;
}

/** What became of one `sluice-ignore` comment. */
export interface IgnoreOutcome {
  readonly rules: readonly string[];
  readonly reason: string;
  /** Rules of the comment that had something to say there. */
  readonly used: readonly string[];
  readonly unknown: readonly string[];
}

/** Asked about every ignore comment once all else is known. */
export interface IgnoreRule extends RuleFacts {
  readonly scope: 'ignore';
  readonly check: (outcome: IgnoreOutcome) => Iterable<Problem>;
}
