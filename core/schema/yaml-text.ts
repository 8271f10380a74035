import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { InputError } from '../input-error.ts';
import { isExactNumber, mayHoldInexactNumbers } from './exact-number.ts';
import type { Json } from './json.ts';
import { LimitExceeded, type Limits } from './limits.ts';
import { appendPointer, type Pointer, parsePointer } from './pointer.ts';
import type { ReadText } from './read-text.ts';
import { isDeeperThan } from './yaml-depth.ts';

/** YAML 1.2, core schema, keys as strings: no dates, no merge keys, no names given twice. */
export function readYaml(path: string, text: string, limits: Limits): ReadText {
  if (isDeeperThan(limits.depth, text)) {
    throw new LimitExceeded(`The file is nested more than ${limits.depth} deep`, { path });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true, lineCounter: lines });
  const error = document.errors[0];
  if (error) {
    const at = error.linePos?.[0];
    const place = { path, line: at?.line ?? 1, column: at?.col ?? 1 };
    if (error.code === 'MULTIPLE_DOCS') {
      throw new InputError('The file holds more than one YAML document', {
        remedy: 'Give each a file of its own',
        place,
      });
    }
    throw new InputError(`This is not YAML: ${error.message.split(/ at line \d/)[0]?.split('\n')[0] ?? error.code}`, {
      remedy: 'Correct the text at this place',
      place,
    });
  }
  const inexactLiterals = () =>
    mayHoldInexactNumbers(text) || /0[xo]/.test(text) ? literalsOf(document) : new Map<Pointer, string>();
  return {
    value: toJson(document, path, limits),
    position: (pointer) => {
      const node = nodeAt(document, pointer);
      if (!node) return undefined;
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      return { line, column: col };
    },
    inexactNumbers: () => [...inexactLiterals().keys()],
    inexactLiterals,
  };
}

function toJson(document: Document, path: string, limits: Limits): Json {
  try {
    return (document.toJS({ maxAliasCount: limits.aliases }) ?? null) as Json;
  } catch (error) {
    // yaml counts what the aliases expand to and refuses by ReferenceError.
    if (error instanceof ReferenceError)
      throw new LimitExceeded('The aliases of this file expand to too much', { path });
    throw error;
  }
}

function nodeAt(document: Document, pointer: Pointer): Node | undefined {
  let node: unknown = document.contents;
  for (const segment of parsePointer(pointer)) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) node = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment)?.value;
    else if (isSeq(node)) node = node.items[Number(segment)];
    else return undefined;
  }
  return isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? node : undefined;
}

/** Aliases are followed, so a number is named at every place where it counts. The node cap was checked before. */
function literalsOf(document: Document): Map<Pointer, string> {
  const found = new Map<Pointer, string>();
  const left: [unknown, Pointer][] = [[document.contents, '']];
  for (let next = left.pop(); next; next = left.pop()) {
    const [written, pointer] = next;
    const node = isAlias(written) ? written.resolve(document) : written;
    if (isMap(node)) {
      for (const { key, value } of node.items)
        left.push([value, appendPointer(pointer, String(isScalar(key) ? key.value : ''))]);
    } else if (isSeq(node)) {
      for (const [at, item] of node.items.entries()) left.push([item, appendPointer(pointer, at)]);
    } else if (isScalar(node) && typeof node.value === 'number' && !isExact(node.source, node.value)) {
      found.set(pointer, node.source ?? '');
    }
  }
  return found;
}

function isExact(source: string | undefined, value: number): boolean {
  if (source === undefined || /^[+-]?0[xo]/.test(source)) return Number.isSafeInteger(value);
  return isExactNumber(
    source
      .replace(/^\+/, '')
      .replace(/^(-?)\./, '$10.')
      .replace(/\.(?=$|[eE])/, ''),
  );
}
