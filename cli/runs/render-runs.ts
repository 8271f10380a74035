import { shortenMiddle } from '../../core/rendering/markdown.ts';
import { shown, wrapped } from '../../core/rendering/terminal-text.ts';
import type { Run } from '../../registry/runs/run.ts';
import { isAtWork, percentOf } from './progress-lines.ts';
import type { View } from './render-run.ts';
import { secondsBetween, spanOf } from './spans.ts';

/** Runs as a table, one a line, with a second line where one waits, is held or has failed. */
export function renderRuns(runs: readonly Run[], view: View): string {
  const rows = [
    ['RUN', 'STATE', 'DONE', 'SCHEMA', 'ORDERED'],
    ...runs.map((run) => [
      run.id,
      run.state,
      run.progress === undefined ? '' : `${percentOf(run, run.progress)} %`,
      shown(`${run.schema} ${run.fromVersion ?? '?'} → ${run.toVersion ?? '?'}`),
      `${spanOf(secondsBetween(run.created, view.now))} ago`,
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines
    .flatMap((line, index) => [shortenMiddle(line, view.width), ...why(runs[index - 1], view.width)])
    .join('\n');
}

function why(run: Run | undefined, width: number): string[] {
  if (run === undefined) return [];
  const failed = run.state === 'failed' || run.state === 'needs-attention';
  const reason = failed ? run.error?.message : isAtWork(run) ? run.progress?.hold : undefined;
  return reason === undefined ? [] : wrapped(reason, Math.max(30, width - 4)).map((line) => `    ${line}`);
}
