import { isObject, type Json, own } from '../schema/json.ts';
import { parsePointer } from '../schema/pointer.ts';

/**
 * Finds the parts of two versions that say the same in the same words and have no ties to other places: no reference inside leads
 * anywhere, and none from anywhere leads there. In such a pair there is nothing to find, and nothing that could be found elsewhere
 * depends on having looked.
 */
export class SameWords {
  private readonly tied: ReadonlySet<Json>;
  /** What was compared stays compared, so that looking from each level down takes no longer than looking once. */
  private readonly known = new WeakMap<object, { readonly other: Json; readonly same: boolean }>();

  /** `document`: the one that holds both versions. */
  constructor(document: Json) {
    this.tied = tiedIn(document);
  }

  areApart(old: Json, next: Json): boolean {
    return !this.tied.has(old) && !this.tied.has(next) && this.same(old, next);
  }

  private same(old: Json, next: Json): boolean {
    if (typeof old !== 'object' || typeof next !== 'object' || old === null || next === null) return old === next;
    const known = this.known.get(old);
    if (known?.other === next) return known.same;
    const same = this.sameInside(old, next);
    this.known.set(old, { other: next, same });
    return same;
  }

  private sameInside(old: Json, next: Json): boolean {
    if (Array.isArray(old)) {
      if (!Array.isArray(next) || old.length !== next.length) return false;
      return old.every((item: Json, at) => this.same(item, next[at] as Json));
    }
    if (!isObject(old) || !isObject(next)) return false;
    const names = Object.keys(old);
    if (names.length !== Object.keys(next).length) return false;
    return names.every((name) => Object.hasOwn(next, name) && this.same(old[name] as Json, next[name] as Json));
  }
}

/** Values that hold a reference, or that a reference leads to or into. Data that looks like a reference counts as one. */
function tiedIn(document: Json): ReadonlySet<Json> {
  const tied = new Set<Json>();
  look(document);
  return tied;

  function look(value: Json): boolean {
    if (typeof value !== 'object' || value === null) return false;
    const reference = isObject(value) ? own(value, '$ref') : undefined;
    let holds = typeof reference === 'string';
    if (typeof reference === 'string') tieWayTo(reference);
    for (const member of Object.values<Json>(value)) if (look(member)) holds = true;
    if (holds) tied.add(value);
    return holds;
  }

  /** What the reference leads to, and all that it goes through. */
  function tieWayTo(reference: string): void {
    let at: Json | undefined = document;
    for (const segment of segmentsOf(reference)) {
      if (typeof at !== 'object' || at === null) return;
      tied.add(at);
      at = Array.isArray(at) ? (at[Number(segment)] as Json | undefined) : isObject(at) ? own(at, segment) : undefined;
    }
    if (typeof at === 'object' && at !== null) tied.add(at);
  }
}

/** None where it leads out of the document, or is no address: such a text is data. */
function segmentsOf(reference: string): string[] {
  if (!reference.startsWith('#')) return [];
  try {
    return parsePointer(reference.slice(1)).map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return [];
    throw error;
  }
}
