import { type Dialect, ignoresReferenceSiblings } from '../schema/dialect.ts';
import { isObject, type Json, own } from '../schema/json.ts';
import { keywordsOf } from '../schema/keywords.ts';
import { appendPointer, type Pointer, parsePointer } from '../schema/pointer.ts';
import { valueAt } from '../schema/references.ts';
import type { Combined } from './combined.ts';
import type { Side } from './difference.ts';

/**
 * Goes to the schema that counts: through references that stand alone, as many as there are. A definition in `shared` means different
 * things to different users, so edits on this way are made to a copy.
 */
export function follow(combined: Combined, side: Side, shared: ReadonlySet<Pointer>): Side {
  let at = side;
  const seen = new Set<Pointer>();
  while (standsAlone(at.value, combined.dialect) && !seen.has(at.pointer)) {
    seen.add(at.pointer);
    const next = through(combined, at, shared);
    if (!next) break;
    at = next;
  }
  return at;
}

/** One reference further; undefined when it leads out of the document. */
export function through(combined: Combined, side: Side, shared: ReadonlySet<Pointer>): Side | undefined {
  const reference = isObject(side.value) ? own(side.value, '$ref') : undefined;
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
  const pointer = appendPointer('', ...parsePointer(reference.slice(1)).map(decodeURIComponent));
  const value = valueAt(combined.value, pointer);
  if (value === undefined) return undefined;
  const copy = { holder: side.location.pointer, target: pointer };
  const location = shared.has(pointer)
    ? { copies: [...side.location.copies, copy], pointer: side.location.pointer }
    : { copies: [], pointer };
  return { value, pointer, location };
}

function standsAlone(value: Json, dialect: Dialect): boolean {
  if (!isObject(value) || typeof own(value, '$ref') !== 'string') return false;
  if (ignoresReferenceSiblings(dialect)) return true;
  const table = keywordsOf(dialect);
  return Object.keys(value).every((name) => {
    const role = table.get(name)?.role;
    return (
      name === '$ref' || role === undefined || role === 'annotation' || role === 'definitions' || role === 'identity'
    );
  });
}
