import type { SchemaReview } from '../review/review.ts';
import { sideBySide } from './comment/side-by-side.ts';
import { noPaint } from './terminal.ts';
import { shown } from './terminal-text.ts';
import { makeVisible } from './visible.ts';

/** Below this, two columns are too narrow to read. */
const narrowest = 100;

/** Both versions of a schema: next to each other where the terminal is wide enough, else one above the other. */
export function diffForTerminal(schema: SchemaReview, { paint = noPaint, width = 120, rows = 2_000 } = {}): string {
  // Numbers, signs and the word between them take 28 columns.
  const column = Math.floor((width - 28) / 2);
  const isWide = width >= narrowest;
  const view = sideBySide(schema, { rows, width: isWide ? column : Math.max(40, width - 20) });
  if (view === undefined) return '';
  const lines: string[] = [];
  for (const file of view.files) {
    lines.push(paint.strong(shown(file.path)));
    if (isWide)
      lines.push(paint.faint(`${''.padEnd(7)}${fill(view.before, column)}${''.padEnd(20)}${shown(view.after)}`));
    for (const hunk of file.hunks) {
      lines.push(paint.faint(`@@ ${[hunk.place, hunk.says].filter(Boolean).join(': ')}`));
      for (const row of hunk.rows) lines.push(...(isWide ? besides(row) : above(row)));
    }
  }
  if (view.hidden > 0) lines.push(`… and ${view.hidden} more lines that differ`);
  if (view.hasMarks) lines.push(paint.faint('✖ marks the lines of changes that do not pass.'));
  return `${lines.join('\n')}\n`;

  type Row = NonNullable<typeof view>['files'][number]['hunks'][number]['rows'][number];

  function besides(row: Row): string[] {
    const word = `${row.sign === '' ? ' ' : row.sign} ${row.word}`.padEnd(10);
    const old = `${row.oldLine.padStart(4)} ${row.minus} ${fill(row.old, column)}`;
    const next = `${row.newLine.padStart(4)} ${row.plus} ${visible(row.next)}`;
    return [
      `${row.hasOld && row.isChange ? paint.bad(old) : old} ${row.sign === '' ? paint.faint(word) : paint.bad(word)} ${row.hasNew && row.isChange ? paint.good(next) : next}`.trimEnd(),
    ];
  }

  function above(row: Row): string[] {
    const word = row.word === '' ? '' : `  ${paint.faint(`(${row.sign === '' ? '' : `${row.sign} `}${row.word})`)}`;
    if (!row.isChange) return [`${row.newLine.padStart(4)}   ${visible(row.next)}`];
    return [
      ...(row.hasOld
        ? [`${row.oldLine.padStart(4)} ${paint.bad(`− ${visible(row.old)}`)}${row.hasNew ? '' : word}`]
        : []),
      ...(row.hasNew ? [`${row.newLine.padStart(4)} ${paint.good(`+ ${visible(row.next)}`)}${word}`] : []),
    ];
  }
}

function fill(text: string, width: number): string {
  return visible(text).padEnd(width);
}

function visible(text: string): string {
  return makeVisible(text).replace(/[\n\t]/g, ' ');
}
