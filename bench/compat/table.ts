import { quantile } from './quantile.ts';
import type { Score } from './score.ts';

/** One line for each score, as a Markdown table. */
export function table(scores: readonly Score[]): string {
  const head = [
    'set',
    'tool',
    'pairs',
    'wrong compatible',
    'false alarm',
    'label refuted',
    'no answer',
    'proven',
    'refuted',
    'median ms',
    'p95 ms',
    'max ms',
    'sum s',
  ];
  const rows = scores.map((score) => [
    score.set,
    score.tool,
    String(score.times.length),
    String(score.wrongCompatible),
    String(score.falseAlarm),
    String(score.labelRefuted),
    share(score.noAnswer, score.asked),
    share(score.proven, score.contained),
    share(score.refuted, score.notContained),
    ...[0.5, 0.95, 1].map((part) => quantile(score.times, part).toFixed(2)),
    (score.times.reduce((sum, time) => sum + time, 0) / 1000).toFixed(2),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((cells) => (cells[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}
