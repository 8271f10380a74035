import { formatPlace, type Place } from '../../input-error.ts';
import type { JudgedFinding } from '../../sql/sql-review.ts';
import { countOf } from '../numbers.ts';
import { sentence } from '../sentence.ts';
import { makeVisible } from '../visible.ts';
import { severityCounts, severitySigns } from './sql-headline.ts';

/** For a terminal: where, what, and what instead, one finding after another, the count last. */
export function renderSqlForTerminal({
  findings,
  files,
  problems = [],
  catalogProblem,
}: {
  readonly findings: readonly JudgedFinding[];
  readonly files: readonly string[];
  readonly problems?: readonly { readonly place: Place; readonly problem: string; readonly remedy: string }[];
  readonly catalogProblem?: string;
}): string {
  const parts = [
    ...problems.map(
      ({ place, problem, remedy }) => `✖ ${formatPlace(place)}  ${sentence(problem)} ${sentence(remedy)}`,
    ),
    ...findings.map(({ rule, severity, place, message, rewrite, waived }) =>
      [
        `${waived === undefined ? `${severitySigns[severity]} ${severity}` : `– waived ${severity}`}  ${formatPlace(place)}  ${rule}`,
        `  ${message}`,
        ...(waived === undefined ? [] : [`  Waived: ${waived}`]),
        ...(rewrite === undefined ? [] : rewrite.split('\n').map((line) => `    ${line}`)),
      ].join('\n'),
    ),
    ...(catalogProblem === undefined ? [] : [`Sizes of tables are not known: ${sentence(catalogProblem)}`]),
    `${countOf(files.length, 'SQL file')}: ${severityCounts(findings) ?? 'nothing found'}.`,
  ];
  // A migration may come from anywhere: what it quotes must not steer the terminal.
  return `${makeVisible(parts.join('\n\n'))}\n`;
}
