import type { SchemaReview } from '../../review/review.ts';
import { type FileDiff, type MarkedHunk, type MarkedRow, schemaDiff } from '../diff/schema-diff.ts';
import { windowOn } from '../diff/window.ts';
import { countOf } from '../numbers.ts';
import { signs } from './headline.ts';

/** Both versions of a schema next to each other, cut to a number of rows. */
export function sideBySide(schema: SchemaReview, { rows: most, width }: { rows: number; width: number }) {
  const files: ReturnType<typeof fileView>[] = [];
  let left = most;
  let hidden = 0;
  for (const diff of schemaDiff(schema)) {
    const view = fileView(diff, left, width);
    left -= view.hunks.reduce((sum, { rows }) => sum + rows.length, 0);
    hidden += view.hiddenRows;
    if (view.hunks.length > 0) files.push(view);
  }
  if (files.length === 0) return undefined;
  const { oldVersion, newVersion } = schema;
  const named = oldVersion !== undefined && newVersion !== undefined && oldVersion !== newVersion;
  return {
    files,
    isMany: files.length > 1,
    before: named ? oldVersion : 'before',
    after: named ? newVersion : 'after',
    hidden,
    tally: tally(schema),
    hasMarks: files.some(({ hunks }) => hunks.some(({ rows }) => rows.some(({ sign }) => sign !== ''))),
  };
}

/** `1 field added, 1 removed, 2 changes of other kinds`. */
function tally({ comparison }: SchemaReview): string {
  if (comparison === undefined) return '';
  const { changes } = comparison;
  const added = changes.filter(({ kind }) => /^(?:required-)?property-added$/.test(kind)).length;
  const removed = changes.filter(({ kind }) => /^(?:required-)?property-removed$/.test(kind)).length;
  const others = changes.length - added - removed;
  return `${countOf(added, 'field')} added, ${removed} removed, ${countOf(others, 'other change')}`;
}

function fileView(diff: FileDiff, most: number, width: number) {
  let left = most;
  let hiddenRows = 0;
  const hunks: ReturnType<typeof hunkView>[] = [];
  for (const hunk of diff.hunks) {
    const rows = most < wholeFrom ? withoutLongRuns(hunk.rows) : hunk.rows;
    const shown = rows.slice(0, left);
    left -= shown.length;
    hiddenRows += rows.slice(shown.length).filter(({ word }) => word !== 'same').length;
    if (shown.some(({ word }) => word !== 'same')) hunks.push(hunkView(hunk, shown, diff.numbered, width));
  }
  return { path: diff.path, previousPath: diff.previousPath, hunks, hiddenRows };
}

/** From so many rows on, nothing is left out between them. */
const wholeFrom = 1_000;
const longestRun = 12;

/** Of many lines in a row that come, or that go, the first tell what they are. */
function withoutLongRuns(rows: readonly MarkedRow[]): MarkedRow[] {
  const kept: MarkedRow[] = [];
  for (let at = 0; at < rows.length; ) {
    const row = rows[at];
    if (row === undefined) break;
    let end = at + 1;
    while (row.word !== 'same' && rows[end]?.word === row.word && rows[end]?.breaks === false) end += 1;
    const isLong = (row.word === 'added' || row.word === 'removed') && end - at > longestRun;
    kept.push(...rows.slice(at, isLong ? at + longestRun - 2 : end));
    if (isLong) kept.push(rest(row, end - at - longestRun + 2));
    at = end;
  }
  return kept;
}

/** A line without a number that stands for others. */
function rest(row: MarkedRow, count: number): MarkedRow {
  const text = `${/^\s*/.exec((row.new ?? row.old).text)?.[0] ?? ''}… ${countOf(count, 'more line')}`;
  const line = { line: 0, text };
  return row.word === 'removed'
    ? { word: 'removed', old: line, breaks: false }
    : { word: 'added', new: line, breaks: false };
}

function hunkView(hunk: MarkedHunk, rows: readonly MarkedRow[], numbered: boolean, columns: number) {
  const indent = Math.min(...rows.flatMap((row) => [row.old, row.new].flatMap((side) => indentOf(side?.text))));
  const views = rows.map((row) => rowView(row, numbered, Number.isFinite(indent) ? indent : 0, columns));
  const width = (side: 'oldLine' | 'newLine') => Math.max(...views.map((view) => view[side].length));
  const [left, right] = [width('oldLine'), width('newLine')];
  return {
    place: numbered ? placeOf(rows) : '',
    says: counts(hunk),
    rows: views,
    old: views.map(({ oldLine, minus, old }) => `${oldLine.padStart(left)} ${minus} ${old}`),
    words: views.map(({ sign, word }) => (sign === '' ? word : `${sign} ${word}`)),
    next: views.map(({ newLine, plus, next }) => `${newLine.padStart(right)} ${plus} ${next}`),
  };
}

function rowView(row: MarkedRow, numbered: boolean, indent: number, width: number) {
  const text = (side: { text: string } | undefined) => side?.text.replaceAll('\t', '  ').slice(indent) ?? '';
  const cut = windowOn(text(row.old ?? row.new), text(row.new ?? row.old), width);
  const isChange = row.word !== 'same';
  return {
    word: isChange ? row.word : '',
    sign: row.breaks ? signs.bad : '',
    isChange,
    hasOld: row.old !== undefined,
    hasNew: row.new !== undefined,
    old: row.old === undefined ? '' : cut.old,
    next: row.new === undefined ? '' : cut.next,
    oldLine: numbered && row.old?.line ? String(row.old.line) : '',
    newLine: numbered && row.new?.line ? String(row.new.line) : '',
    minus: isChange && row.old ? '−' : ' ',
    plus: isChange && row.new ? '+' : ' ',
  };
}

function indentOf(text: string | undefined): number[] {
  if (text === undefined || text.trim() === '') return [];
  return [/^\s*/.exec(text.replaceAll('\t', '  '))?.[0].length ?? 0];
}

function placeOf(rows: readonly MarkedRow[]): string {
  const changed = rows.filter(({ word }) => word !== 'same');
  const lines = changed.flatMap((row) => row.new?.line || []);
  const [from, to] = [Math.min(...lines), Math.max(...lines)];
  if (lines.length === 0) {
    const gone = changed.flatMap((row) => row.old?.line || []);
    const [first, last] = [Math.min(...gone), Math.max(...gone)];
    return first === last ? `line ${first} before` : `lines ${first} to ${last} before`;
  }
  return from === to ? `line ${from}` : `lines ${from} to ${to}`;
}

function counts({ changed, added, removed }: MarkedHunk): string {
  const parts: [number, string][] = [
    [changed, 'changed'],
    [removed, 'removed'],
    [added, 'added'],
  ];
  return parts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ');
}
