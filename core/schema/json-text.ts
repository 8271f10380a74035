import { type ParseError, parseTree, printParseErrorCode, visit } from 'jsonc-parser';
import { InputError } from '../input-error.ts';
import { duplicateName } from './duplicate-name.ts';
import { isExactNumber, mayHoldInexactNumbers } from './exact-number.ts';
import type { Json } from './json.ts';
import { appendPointer, type Pointer } from './pointer.ts';
import { lineIndex, type Position } from './position.ts';
import type { ReadText } from './read-text.ts';

/** Strict JSON: no comments, no trailing commas, no names given twice. Positions are worked out at the first question. */
export function readJson(path: string, text: string): ReadText {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let value: Json;
  try {
    value = JSON.parse(source) as Json;
  } catch (cause) {
    throw brokenJson(path, source, cause);
  }
  refuseDuplicateName(path, source, value);
  let positions: ((pointer: Pointer) => Position | undefined) | undefined;
  const inexactLiterals = () =>
    mayHoldInexactNumbers(source) ? positionsOf(source).inexact : new Map<Pointer, string>();
  return {
    value,
    position: (pointer) => (positions ??= positionsOf(source).position)(pointer),
    inexactNumbers: () => [...inexactLiterals().keys()],
    inexactLiterals,
  };
}

/** One pass over the text. Most places are never asked for: lines are counted for those that are. */
function positionsOf(text: string): {
  position: (pointer: Pointer) => Position | undefined;
  inexact: Map<Pointer, string>;
} {
  const offsets = new Map<Pointer, number>();
  const inexact = new Map<Pointer, string>();
  const at = lineIndex(text);
  const open: { pointer: Pointer; next: number | string }[] = [];

  function enter(offset: number): Pointer {
    const parent = open.at(-1);
    const pointer = parent === undefined ? '' : appendPointer(parent.pointer, parent.next);
    offsets.set(pointer, offset);
    if (inexact.size > 0) inexact.delete(pointer);
    return pointer;
  }
  visit(text, {
    onObjectBegin: (offset) => void open.push({ pointer: enter(offset), next: '' }),
    onObjectProperty: (name) => {
      const parent = open.at(-1);
      if (parent) parent.next = name;
    },
    onObjectEnd: () => void open.pop(),
    onArrayBegin: (offset) => void open.push({ pointer: enter(offset), next: 0 }),
    onArrayEnd: () => void open.pop(),
    onLiteralValue: (value: unknown, offset, length) => {
      const pointer = enter(offset);
      const literal = text.slice(offset, offset + length);
      if (typeof value === 'number' && !isExactNumber(literal)) inexact.set(pointer, literal);
    },
    onSeparator: (character) => {
      const parent = open.at(-1);
      if (character === ',' && parent && typeof parent.next === 'number') parent.next += 1;
    },
  });
  const position = (pointer: Pointer) => {
    const offset = offsets.get(pointer);
    return offset === undefined ? undefined : at(offset);
  };
  return { position, inexact };
}

/** JSON.parse would take the last one in silence, and whoever reviews the file may have read the first. */
function refuseDuplicateName(path: string, text: string, value: Json): void {
  const duplicate = duplicateName(text, value);
  if (duplicate === undefined) return;
  const { name, offset } = duplicate;
  throw new InputError(name === undefined ? 'An object has a name twice' : `${JSON.stringify(name)} is there twice`, {
    remedy: 'Take one of them out',
    place: { path, ...(offset === undefined ? {} : lineIndex(text)(offset)) },
  });
}

/** The tolerant parser finds the place; it reads in recursion, so hopelessly deep texts get no place. */
function brokenJson(path: string, text: string, cause: unknown): InputError {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const first = errors[0];
  const offset = first?.offset ?? Math.max(0, text.trimEnd().length - 1);
  const what = first ? describe(printParseErrorCode(first.error)) : 'a JSON value was expected here';
  return new InputError(`This is not JSON: ${what}`, {
    remedy: 'Correct the text at this place',
    place: { path, ...lineIndex(text)(offset) },
    cause,
  });
}

/** `CommaExpected` → `comma expected`. */
function describe(code: string): string {
  return code.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
