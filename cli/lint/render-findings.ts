import { formatPlace } from '../../core/input-error.ts';
import { countOf } from '../../core/rendering/numbers.ts';
import { makeVisible } from '../../core/rendering/visible.ts';
import { type Finding, type Severity, severities } from '../../core/sql/finding.ts';

const signs: Readonly<Record<Severity, string>> = { error: '✖', warning: '▲', advice: '·' };

/** For a terminal: where, what, and what instead, one finding after another, the count last. */
export function renderFindings(findings: readonly Finding[], files: number): string {
  const parts = findings.map(({ rule, severity, place, message, rewrite }) =>
    [
      `${signs[severity]} ${severity}  ${formatPlace(place)}  ${rule}`,
      `  ${message}`,
      ...(rewrite === undefined ? [] : rewrite.split('\n').map((line) => `    ${line}`)),
    ].join('\n'),
  );
  const counts = severities
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => countOf(count, severity, severity === 'advice' ? severity : `${severity}s`));
  const summary = `${countOf(files, 'file')}: ${counts.length === 0 ? 'nothing found' : counts.join(', ')}.`;
  // A migration may come from anywhere: what it quotes must not steer the terminal.
  return `${makeVisible([...parts, summary].join('\n\n'))}\n`;
}
