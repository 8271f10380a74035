import { lineDiff } from './line-diff.ts';
import { jsonPlaces, yamlPlaces } from './line-places.ts';

/** One line of a text; `line` counts from 1. */
export interface DiffLine {
  readonly line: number;
  readonly text: string;
}

/** What stands side by side in one row. */
export type DiffRow =
  | { readonly word: 'same' | 'changed'; readonly old: DiffLine; readonly new: DiffLine }
  | { readonly word: 'removed'; readonly old: DiffLine; readonly new?: undefined }
  | { readonly word: 'added'; readonly old?: undefined; readonly new: DiffLine };

/** Rows that belong together: changes with the lines around them. */
export interface Hunk {
  readonly rows: readonly DiffRow[];
  readonly removed: number;
  readonly added: number;
  readonly changed: number;
}

/** Lines that are shown around a change, as diff and git do. */
const around = 3;

/**
 * Where two versions of a file differ, side by side. A line is the same only in the same place: `"type": "string"` of one member is not that
 * of another. In JSON, the space around a line and the comma at its end make no difference; in YAML the space does.
 */
export function textDiff(before: string, after: string, language: 'json' | 'yaml'): Hunk[] {
  const [old, next] = [linesOf(before), linesOf(after)];
  const rows: DiffRow[] = [];
  let gone: DiffLine[] = [];
  let come: DiffLine[] = [];
  const [oldPlaces, newPlaces] = [placesOf(old, language), placesOf(next, language)];
  const memberOf = (places: readonly string[], { line, text }: DiffLine): string | undefined => {
    const name = memberName(text);
    return name === undefined ? undefined : `${places[line - 1]}\n${name}`;
  };
  const flush = (): void => {
    rows.push(
      ...paired(
        gone,
        come,
        (line) => memberOf(oldPlaces, line),
        (line) => memberOf(newPlaces, line),
      ),
    );
    [gone, come] = [[], []];
  };
  for (const step of lineDiff(keysOf(old, oldPlaces, language), keysOf(next, newPlaces, language))) {
    if (step.step === 'removed') gone.push(lineAt(old, step.old));
    else if (step.step === 'added') come.push(lineAt(next, step.new));
    else {
      flush();
      rows.push({ word: 'same', old: lineAt(old, step.old), new: lineAt(next, step.new) });
    }
  }
  flush();
  return hunksOf(rows);
}

function linesOf(text: string): string[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function lineAt(lines: readonly string[], at: number): DiffLine {
  return { line: at + 1, text: lines[at] ?? '' };
}

function placesOf(lines: readonly string[], language: 'json' | 'yaml'): string[] {
  return language === 'yaml' ? yamlPlaces(lines) : jsonPlaces(lines);
}

function keysOf(lines: readonly string[], places: readonly string[], language: 'json' | 'yaml'): string[] {
  const key = (line: string) => (language === 'yaml' ? line.trimEnd() : line.trim().replace(/\s*,$/, ''));
  return lines.map((line, at) => `${places[at]}\n${key(line)}`);
}

/** A line that goes and one that comes are one line that changed when they speak of the same member, or when there is as much of both. */
function paired(
  gone: readonly DiffLine[],
  come: readonly DiffLine[],
  oldMember: (line: DiffLine) => string | undefined,
  newMember: (line: DiffLine) => string | undefined,
): DiffRow[] {
  const rows: DiffRow[] = [];
  let next = 0;
  const added = (until: number): void => {
    for (; next < until; next++) rows.push({ word: 'added', new: come[next] ?? { line: 0, text: '' } });
  };
  for (const [at, old] of gone.entries()) {
    const name = oldMember(old);
    const partner =
      name === undefined && gone.length === come.length
        ? at
        : come.findIndex((line, index) => index >= next && name !== undefined && newMember(line) === name);
    const found = partner >= next ? come[partner] : undefined;
    if (found === undefined) rows.push({ word: 'removed', old });
    else {
      added(partner);
      rows.push({ word: 'changed', old, new: found });
      next = partner + 1;
    }
  }
  added(come.length);
  return rows;
}

/** `"amount": {` and `amount:` speak of `amount`. */
function memberName(text: string): string | undefined {
  return /^\s*(?:- )?("(?:[^"\\]|\\.)*"|[^\s"'[{:]+)\s*:/.exec(text)?.[1];
}

function hunksOf(rows: readonly DiffRow[]): Hunk[] {
  const hunks: DiffRow[][] = [];
  let until = -1;
  for (const [at, row] of rows.entries()) {
    if (row.word === 'same') continue;
    const from = Math.max(at - around, until + 1);
    const isNew = at - around > until + 1 || hunks.length === 0;
    if (isNew) hunks.push([]);
    hunks.at(-1)?.push(...rows.slice(from, at + around + 1).filter((_, index) => from + index > until));
    until = Math.max(until, Math.min(at + around, rows.length - 1));
  }
  return hunks.map((each) => ({
    rows: each,
    removed: count(each, 'removed'),
    added: count(each, 'added'),
    changed: count(each, 'changed'),
  }));
}

function count(rows: readonly DiffRow[], word: DiffRow['word']): number {
  return rows.filter((row) => row.word === word).length;
}
