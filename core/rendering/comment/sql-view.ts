import { severities } from '../../sql/finding.ts';
import type { JudgedFinding, SqlReview } from '../../sql/sql-review.ts';
import { sentence } from '../sentence.ts';
import type { Links } from './input.ts';
import { severitySigns, sqlHeadline } from './sql-headline.ts';

/**
 * The part of a report about SQL migrations.
 * @param most how many findings are listed, and how many come with what to write instead; `isHeaded`: the report's own headline is about
 *   something else
 */
export function sqlView(
  sql: SqlReview | undefined,
  links: Links,
  most: { findings: number; rewrites: number; isHeaded: boolean },
) {
  if (sql === undefined) return undefined;
  const open = sql.findings
    .filter(({ waived }) => waived === undefined)
    .toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity));
  const waived = sql.findings.filter((finding) => finding.waived !== undefined);
  const pressing = open.filter(({ severity }) => severity !== 'advice');
  const advice = open.filter(({ severity }) => severity === 'advice');
  const shown = pressing.slice(0, most.findings);
  const shownAdvice = advice.slice(0, Math.max(0, most.findings - shown.length));
  return {
    headline: sqlHeadline(sql),
    isHeaded: most.isHeaded,
    catalogProblem: sql.catalogProblem === undefined ? undefined : sentence(sql.catalogProblem),
    problems: sql.problems.slice(0, most.findings).map(({ place, problem, remedy }) => ({
      place: place.path,
      url: links.line(place.path, 1, 'new'),
      problem: sentence(problem),
      remedy: sentence(remedy),
    })),
    hiddenProblems: Math.max(0, sql.problems.length - most.findings),
    rows: shown.map((finding) => row(finding, links)),
    rewrites: withRewrite(shown)
      .slice(0, most.rewrites)
      .map((finding) => row(finding, links)),
    moreRewrites: Math.max(0, withRewrite(pressing).length - most.rewrites),
    advice: shownAdvice.map((finding) => row(finding, links)),
    adviceCount: advice.length,
    waived: waived.slice(0, most.findings).map((finding) => ({ ...row(finding, links), reason: finding.waived })),
    waivedCount: waived.length,
    hidden: pressing.length - shown.length,
  };
}

function withRewrite(findings: readonly JudgedFinding[]): JudgedFinding[] {
  return findings.filter(({ rewrite, statement }) => rewrite !== undefined && statement !== undefined);
}

function row({ rule, severity, place, message, statement, rewrite }: JudgedFinding, links: Links) {
  const name = place.path.slice(place.path.lastIndexOf('/') + 1);
  return {
    rule,
    sign: severitySigns[severity],
    severity,
    place: `${place.path}:${place.line}`,
    // The folder is the same for all of them, and a table has little room.
    shortPlace: `${name}:${place.line}`,
    url: links.line(place.path, place.line, 'new'),
    message: sentence(message),
    statement,
    rewrite,
  };
}
