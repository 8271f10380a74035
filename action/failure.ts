import { countOf } from '../core/rendering/numbers.ts';
import type { Review } from '../core/review/review.ts';
import { failuresOf, type SqlReview } from '../core/sql/sql-review.ts';
import type { Checked } from './check.ts';

/** Why the step fails, in one line; undefined when it does not. */
export function failureOf({
  review,
  sql,
  failOn,
  repair,
}: Pick<Checked, 'review' | 'sql' | 'failOn' | 'repair'>): string | undefined {
  if (repair) return undefined;
  const reasons = [ofSchemas(review, failOn), sql && ofSql(sql, failOn)].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? undefined : reasons.join(' ');
}

function ofSchemas(review: Review, failOn: Checked['failOn']): string | undefined {
  const { problems, verdict, findings = [], breakingCount } = review;
  if (problems.length > 0) return `${countOf(problems.length, 'problem')} to mend before everything can be compared.`;
  if (failOn === 'never') return undefined;
  if (verdict === 'none' || verdict === 'compatible') {
    const errors = findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined);
    return errors.length === 0 ? undefined : `${countOf(errors.length, 'rule')} broken.`;
  }
  const changes = countOf(breakingCount, 'change');
  return verdict === 'breaking' ? `${changes} break compatibility.` : `${changes} could not be proved compatible.`;
}

function ofSql(sql: SqlReview, failOn: Checked['failOn']): string | undefined {
  const failures = failuresOf(failOn === 'never' ? { ...sql, failOn } : sql);
  return failures === 0 ? undefined : `${countOf(failures, 'finding')} in SQL migrations.`;
}
