import { stripVTControlCharacters } from 'node:util';
import type { Colors } from 'picocolors/types.ts';
import { tableForTerminal } from './table-for-terminal.ts';

interface Options {
  readonly colors: Colors;
  readonly columns: number;
}

/**
 * The subset of GitHub's markdown that Sluice's comments use, as lines for a terminal: headings, bold, code, links, tables, quotes,
 * fences and `<details>`, which a terminal shows opened.
 */
export function markdownForTerminal(markdown: string, { colors, columns }: Options): string[] {
  const lines: string[] = [];
  let table: string[][] = [];
  let html: string[] | undefined;
  let fenced = false;
  let item = 0;
  const flushTable = () => {
    if (table.length > 0) lines.push(...tableLines(table, columns, colors));
    table = [];
  };

  for (const raw of markdown.replace(/<!--[\s\S]*?-->/g, '').split('\n')) {
    if (raw.trimStart().startsWith('```')) {
      fenced = !fenced;
      continue;
    }
    if (html !== undefined || raw === '<table>') {
      html = [...(html ?? []), raw];
      if (raw !== '</table>') continue;
      lines.push(...tableForTerminal(html.join('\n'), columns, unescape));
      html = undefined;
      continue;
    }
    if (fenced) {
      lines.push(`  ${colors.cyan(raw)}`);
      continue;
    }
    const row = /^\|(.*)\|\s*$/.exec(raw);
    if (row) {
      const cells = splitCells(row[1] ?? '').map((cell) => inline(cell.trim(), colors));
      if (!cells.every((cell) => /^:?-*:?$/.test(cell))) table.push(cells);
      continue;
    }
    flushTable();
    // Markdown counts by itself, whatever the numbers in the text are.
    item = raw.startsWith('1. ') ? item + 1 : 0;
    const text = block(raw.replace(/^1\. /, `${item}. `), colors);
    if (text === undefined) continue;
    if (text === '' && (lines.length === 0 || lines.at(-1) === '')) continue;
    lines.push(...wrap(text, columns));
  }
  flushTable();
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function block(raw: string, colors: Colors): string | undefined {
  if (/^\s*<\/?details[^>]*>\s*$/.test(raw)) return undefined;
  const heading = /^#{1,6}\s+(.*)$/.exec(raw);
  if (heading) return colors.bold(inline(heading[1] ?? '', colors));
  const summary = /<summary>(.*)<\/summary>/.exec(raw);
  if (summary) return `▾ ${colors.bold(inline(summary[1] ?? '', colors))}`;
  return inline(raw.replace(/^>\s?/, '  '), colors);
}

function inline(text: string, colors: Colors): string {
  return unescape(
    text
      .replace(/<\/?(?:sub|sup|b|strong|details|summary|span|br)\s*\/?>/g, '')
      .replace(/<code>(.*?)<\/code>/g, (_, code: string) => colors.cyan(code))
      .replace(/\[((?:[^\]\\]|\\.)*)\]\([^)\s]*\)/g, '$1')
      .replace(/\*\*(.+?)\*\*/g, (_, bold: string) => colors.bold(bold))
      .replace(/(`+) ?(.+?) ?\1/g, (_, _ticks: string, code: string) => colors.cyan(code)),
  );
}

function unescape(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

function splitCells(row: string): string[] {
  return row.split(/(?<!\\)\|/);
}

function tableLines(rows: string[][], columns: number, colors: Colors): string[] {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => visibleLength(row[column] ?? ''))),
  );
  const drawn = rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - visibleLength(cell)))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = drawn;
  const rule = colors.dim(
    '─'.repeat(
      Math.min(
        columns,
        widths.reduce((sum, width) => sum + width + 2, -2),
      ),
    ),
  );
  return [head, rule, ...body];
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  const [indent = ''] = /^ */.exec(text) ?? [];
  let line = indent;
  for (const word of text.trimStart().split(' ')) {
    if (line.trim() !== '' && visibleLength(line) + 1 + visibleLength(word) > columns) {
      lines.push(line);
      line = indent + word;
    } else line = line.trim() === '' ? line + word : `${line} ${word}`;
  }
  return [...lines, line.trimEnd()];
}

/** Length without the escape sequences that colour it. */
function visibleLength(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}
