import type { ScanToken } from 'libpg-query';

/**
 * The byte ranges of the parts of an ALTER TABLE, whose parse tree does not say where its parts stand. Parts are
 * separated by the commas outside parentheses; the first begins after the table's name.
 * @param tokens of the statement, comments left out
 * @param name byte offset of the table's name
 */
export function alterParts(tokens: readonly ScanToken[], name: number, end: number): { start: number; end: number }[] {
  let at = tokens.findIndex((token) => token.start >= name);
  if (at === -1) return [];
  at += 1;
  while (tokens[at]?.text === '.') at += 2;
  if (tokens[at]?.text === '*') at += 1;
  const parts: { start: number; end: number }[] = [];
  let start = tokens[at]?.start ?? end;
  let depth = 0;
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.text === '(' || token.text === '[') depth++;
    else if (token.text === ')' || token.text === ']') depth--;
    else if (token.text === ',' && depth === 0) {
      parts.push({ start, end: tokens[at - 1]?.end ?? token.start });
      start = tokens[at + 1]?.start ?? end;
    }
  }
  parts.push({ start, end: tokens.at(-1)?.end ?? end });
  return parts;
}
