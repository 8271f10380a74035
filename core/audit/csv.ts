import { canonicalJson } from '../schema/canonical.ts';
import { isObject, type Json, own } from '../schema/json.ts';
import type { AuditEvent } from './event.ts';

const columns = [
  'sequence',
  'at',
  'kind',
  'repository',
  'actor',
  'subject',
  'commit',
  'fingerprint',
  'policy',
  'delivery',
  'reason',
  'data',
  'previous',
  'hash',
] as const;

/** The first line of an export: names of the columns. */
export const csvHeader = line(columns);

/** One event as a line of CSV (RFC 4180). Cells that a spreadsheet would take for a formula begin with an apostrophe. */
export function csvLine(event: AuditEvent): string {
  const { sequence, at, kind, repository, actor, subject, data, previous, hash } = event;
  const facts = [['commit', 'head'], ['fingerprint'], ['policy'], ['delivery'], ['reason']].map((names) =>
    textIn(data, names),
  );
  const cells = [at, kind, repository, actor, subject, ...facts, canonicalJson(data), previous, hash].map(harmless);
  return line([String(sequence), ...cells]);
}

function textIn(data: Json, names: readonly string[]): string {
  if (!isObject(data)) return '';
  for (const name of names) {
    const value = own(data, name);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return '';
}

/** Spreadsheets run a cell that begins with one of these, also behind white space. */
function harmless(cell: string): string {
  return /^\s*[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
