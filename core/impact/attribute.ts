import type { Change } from '../compatibility/change.ts';
import type { Violation } from '../compatibility/verdict.ts';
import { parsePointer } from '../schema/pointer.ts';

/**
 * The changes that a failing record fails by. A violation belongs to the changes of its place in the data; among those of one place, to the
 * ones about the keyword that refuses, if there are any. A violation may belong to no change.
 */
export function attribute(violations: readonly Violation[], changes: readonly Change[]): ReadonlySet<Change> {
  const blamed = new Set<Change>();
  for (const violation of violations) {
    const place = placeOf(violation);
    const here = changes.filter((change) => isWithin(place, subjectOf(change)));
    const exact = here.filter((change) => isAbout(change, violation));
    for (const change of exact.length > 0 ? exact : deepest(here)) blamed.add(change);
  }
  return blamed;
}

/** The data path of what is wrong: for a missing or a refused member, that member. */
function placeOf({ at, member }: Violation): string[] {
  const segments = parsePointer(at);
  return member === undefined ? segments : [...segments, member];
}

/** `address.city`, `items[]`, `tags{}` as segments; `*` stands for any item or member. */
export function subjectOf({ subject }: Pick<Change, 'subject'>): string[] {
  if (subject === '') return [];
  return subject.split('.').flatMap((part) => {
    const [name = '', ...inner] = part.split(/(?=\[\]|\{\})/);
    return [...(name === '' || name === '[]' || name === '{}' ? ['*'] : [name]), ...inner.map(() => '*')];
  });
}

function isWithin(place: readonly string[], subject: readonly string[]): boolean {
  return subject.length <= place.length && subject.every((segment, at) => segment === '*' || segment === place[at]);
}

function isAbout({ kind, pointer }: Change, { keyword }: Violation): boolean {
  if (keyword === 'required') return kind.startsWith('required-');
  return keyword !== undefined && parsePointer(pointer).at(-1) === keyword;
}

/** A change of `address.city` says more about a violation there than a change of `address`. */
function deepest(changes: readonly Change[]): Change[] {
  const depth = Math.max(...changes.map((change) => subjectOf(change).length));
  return changes.filter((change) => subjectOf(change).length === depth);
}
