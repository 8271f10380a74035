import { type Annotation, reviewAnnotations } from '../rendering/annotations.ts';
import type { Review } from '../review/review.ts';
import { rules } from '../review/rules/index.ts';
import { fingerprintOf } from '../schema/fingerprint.ts';
import type { Severity } from '../sql/finding.ts';
import type { SqlReview } from '../sql/sql-review.ts';
import { type SarifLevel, type SarifResult, type SarifRule, sarifLog } from './sarif-log.ts';

const levels: Readonly<Record<Annotation['level'], SarifLevel>> = {
  failure: 'error',
  warning: 'warning',
  notice: 'note',
};
const sqlLevels: Readonly<Record<Severity, SarifLevel>> = { error: 'error', warning: 'warning', advice: 'note' };

/** What is found without a rule of its own. */
const verdicts: readonly SarifRule[] = [
  {
    id: 'breaking',
    level: 'error',
    summary: 'A change of a schema that breaks stored records, or readers or writers of another version.',
    help: 'Take the compatible alternative where one is named; else publish a new major version with a migration, and get it approved.',
  },
  {
    id: 'not-proved-compatible',
    level: 'error',
    summary: 'A change of a schema that is neither proved compatible nor shown to break. Unknown counts as breaking.',
    help: 'Write the change in a way that can be decided, or get it approved.',
  },
  {
    id: 'not-compared',
    level: 'error',
    summary: 'Two versions of a schema that could not be compared.',
    help: 'Mend or split the schema so that it can be read.',
  },
  {
    id: 'to-mend',
    level: 'error',
    summary: 'A file that cannot be used as it is: broken text, a reference that leads nowhere, a wrong configuration.',
    help: 'Do what the message says.',
  },
];

/** Everything that a check found, as SARIF. What is waived is left out: code scanning would show it as an alert. */
export function reportSarif(review: Review, sql: SqlReview | undefined, category: string): object {
  const ofReview = reviewAnnotations(review).map(
    ({ path, line, column, level, title, message }): Omit<SarifResult, 'fingerprint'> => ({
      rule: ruleIdOf(title),
      level: levels[level],
      message,
      place: { path, line, ...(column === undefined ? {} : { column }) },
    }),
  );
  const problems = (sql?.problems ?? []).map(
    ({ place, problem, remedy }): Omit<SarifResult, 'fingerprint'> => ({
      rule: 'to-mend',
      level: 'error',
      message: `${problem}. ${remedy}`,
      place,
    }),
  );
  const ofSql = (sql?.findings ?? [])
    .filter(({ waived }) => waived === undefined)
    .map(
      ({ rule, severity, place, message, rewrite, fingerprint }): SarifResult => ({
        rule: `sql/${rule}`,
        level: sqlLevels[severity],
        message: rewrite === undefined ? message : `${message}\n\nInstead:\n${rewrite}`,
        place,
        fingerprint,
      }),
    );
  const results = [...withFingerprints([...ofReview, ...problems]), ...ofSql];
  const used = new Set(results.map(({ rule }) => rule));
  return sarifLog(
    descriptors(sql).filter(({ id }) => used.has(id)),
    results,
    { tool: 'Sluice', category },
  );
}

function descriptors(sql: SqlReview | undefined): SarifRule[] {
  return [
    ...verdicts,
    ...rules.map(
      ({ id, asks, severity }): SarifRule => ({
        id,
        level: severity === 'error' || severity === 'warning' ? severity : 'note',
        summary: asks,
      }),
    ),
    ...(sql?.rules ?? []).map(
      ({ id, severity, summary }): SarifRule => ({ id: `sql/${id}`, level: sqlLevels[severity], summary }),
    ),
  ];
}

/** Annotations name what they are from in their title: `Sluice: not proved compatible`. */
function ruleIdOf(title: string): string {
  return title.replace(/^Sluice: /, '').replaceAll(' ', '-');
}

/** By what is said of which file; of the same said twice, by which it is. */
function withFingerprints(results: readonly Omit<SarifResult, 'fingerprint'>[]): SarifResult[] {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const identity = JSON.stringify([result.rule, result.place.path, result.message]);
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    return { ...result, fingerprint: fingerprintOf([identity, occurrence]) };
  });
}
