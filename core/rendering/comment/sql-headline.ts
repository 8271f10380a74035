import { type Severity, severities } from '../../sql/finding.ts';
import { failuresOf, type SqlReview } from '../../sql/sql-review.ts';
import { countOf } from '../numbers.ts';
import { type Sign, signs } from './headline.ts';
import type { ReportInput } from './input.ts';

export const severitySigns: Readonly<Record<Severity, string>> = { error: signs.bad, warning: '▲', advice: '·' };

/** `1 error, 2 warnings`; what is waived is left out. Undefined when there is nothing to count. */
export function severityCounts(findings: readonly { severity: Severity; waived?: string }[]): string | undefined {
  const counts = severities
    .map(
      (severity) => [severity, findings.filter((each) => each.severity === severity && !each.waived).length] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) =>
      severity === 'advice' ? countOf(count, 'piece of advice', 'pieces of advice') : countOf(count, severity),
    );
  return counts.length === 0 ? undefined : counts.join(', ');
}

/** What linting amounts to: `✖` and `1 error, 2 warnings in 3 SQL migrations`. */
export function sqlHeadline(sql: SqlReview): { readonly sign: Sign; readonly says: string } {
  const sign = failuresOf(sql) > 0 ? signs.bad : signs.good;
  const files = countOf(sql.files.length + sql.problems.length, 'SQL migration');
  const problems = sql.problems.length > 0 ? [`${countOf(sql.problems.length, 'file')} that cannot be read`] : [];
  const found = [...problems, severityCounts(sql.findings)].filter((part) => part !== undefined);
  return { sign, says: found.length === 0 ? `Nothing found in ${files}` : `${found.join(', ')} in ${files}` };
}

/**
 * The first line of a report, given the one about schemas. What does not pass is said first, and where only SQL changed, that it is about.
 * Undefined when it is the line of the one schema.
 */
export function headlineWithSql(
  aboutSchemas: { readonly sign: Sign; readonly says: string; readonly name?: string },
  { review, sql }: Pick<ReportInput, 'review' | 'sql'>,
): { readonly sign: Sign; readonly says: string } | undefined {
  const own = aboutSchemas.name === undefined ? aboutSchemas : undefined;
  if (sql === undefined) return own;
  const headline = sqlHeadline(sql);
  if (review.schemas.length === 0 && review.problems.length === 0) return headline;
  if (headline.sign === signs.good || aboutSchemas.sign === signs.bad) return own;
  return { sign: signs.bad, says: `The check does not pass: ${headline.says}` };
}
