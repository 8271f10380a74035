import type { Severity } from '../../sql/finding.ts';
import type { SqlReview } from '../../sql/sql-review.ts';
import type { Annotation } from '../annotations.ts';
import { shorten } from '../markdown.ts';
import { sentence } from '../sentence.ts';
import { makeVisible } from '../visible.ts';

const levels: Readonly<Record<Severity, Annotation['level']>> = {
  error: 'failure',
  warning: 'warning',
  advice: 'notice',
};

/** What linting has to say at lines, the worst first; what is waived is left out. */
export function sqlAnnotations({ findings, problems }: SqlReview): Annotation[] {
  return [
    ...problems.map(
      ({ place, problem, remedy }): Annotation => ({
        path: place.path,
        line: place.line ?? 1,
        level: 'failure',
        title: 'Sluice: to mend',
        message: plain(`${sentence(problem)} ${sentence(remedy)}`),
      }),
    ),
    ...findings
      .filter(({ waived }) => waived === undefined)
      .map(
        ({ rule, severity, place, message, rewrite }): Annotation => ({
          path: place.path,
          line: place.line,
          column: place.column,
          level: levels[severity],
          title: `Sluice: ${rule}`,
          message: plain(rewrite === undefined ? message : `${message}\n\nInstead:\n${rewrite}`),
        }),
      ),
  ];
}

/** Annotations are shown as they are: no markdown. Lines stay, since SQL is read by lines. */
function plain(text: string): string {
  return shorten(makeVisible(text).trim(), 2_000);
}
