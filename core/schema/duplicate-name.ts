import { visit } from 'jsonc-parser';
import type { Json } from './json.ts';

/** A name that an object has twice, and where the second one starts; the offset is unknown where objects are too deep for the parser. */
export interface DuplicateName {
  readonly name: string | undefined;
  readonly offset: number | undefined;
}

/**
 * Whether some object of a JSON text names a member twice: one reader would take the first, another the last. `value`: what JSON.parse
 * made of the text. Counts the names of both, which is far cheaper than to remember them.
 */
export function duplicateName(text: string, value: Json): DuplicateName | undefined {
  return namesWritten(text) === namesKept(value) ? undefined : secondOf(text);
}

/** Texts that are followed by a colon. */
function namesWritten(text: string): number {
  let count = 0;
  for (let open = text.indexOf('"'); open !== -1; ) {
    let end = text.indexOf('"', open + 1);
    while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
    let next = end + 1;
    while (text.charCodeAt(next) <= 0x20) next += 1;
    if (text[next] === ':') count += 1;
    open = text.indexOf('"', next);
  }
  return count;
}

function isEscaped(text: string, quote: number): boolean {
  let start = quote;
  while (text[start - 1] === '\\') start -= 1;
  return (quote - start) % 2 === 1;
}

/** In no recursion: JSON.parse reads any depth. */
function namesKept(value: Json): number {
  let count = 0;
  const left: Json[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const inside: readonly Json[] = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next)) count += inside.length;
    for (const each of inside) if (typeof each === 'object' && each !== null) left.push(each);
  }
  return count;
}

function secondOf(text: string): DuplicateName {
  let found: { name: string; offset: number } | undefined;
  const open: Set<string>[] = [];
  try {
    visit(text, {
      onObjectBegin: () => void open.push(new Set()),
      onObjectProperty: (name, offset) => {
        const names = open.at(-1);
        if (names?.has(name)) found ??= { name, offset };
        names?.add(name);
      },
      onObjectEnd: () => void open.pop(),
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found ?? { name: undefined, offset: undefined };
}
