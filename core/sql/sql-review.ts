import type { Problem } from '../review/review.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import type { SqlSettings } from './sql-settings.ts';

/** What Sluice thinks of the SQL migrations of a pull request. */
export interface SqlReview {
  /** The migrations and rollbacks that were looked at, in the order in which they would run. */
  readonly files: readonly string[];
  readonly findings: readonly JudgedFinding[];
  /** Files that could not be read. Any makes the check fail. */
  readonly problems: readonly Problem[];
  /** The rules that the findings are from. */
  readonly rules: readonly RuleSummary[];
  readonly failOn: SqlSettings['failOn'];
  /** Why the live database was not asked, in words without secrets; absent when it was, or when there was no address. */
  readonly catalogProblem?: string;
}

export interface JudgedFinding extends Finding {
  /** Why the configuration lets it pass. It is shown, and fails nothing. */
  readonly waived?: string;
}

export type RuleSummary = Pick<Rule, 'id' | 'severity' | 'summary'>;

/** PostgreSQL does not understand the file: nothing in it was checked, so nothing may let it pass. */
export const unreadableRule = 'syntax-error';

/** The findings and problems that make the check fail. */
export function failuresOf({ findings, problems, failOn }: SqlReview): number {
  const fails = ({ rule, severity, waived }: JudgedFinding): boolean =>
    rule === unreadableRule ||
    (waived === undefined &&
      (severity === 'error' ? failOn !== 'never' : severity === 'warning' && failOn === 'warning'));
  return problems.length + findings.filter(fails).length;
}
