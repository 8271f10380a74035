import type { Json } from '../schema/json.ts';
import { linearPattern } from '../schema/linear-pattern.ts';
import type { Pointer } from '../schema/pointer.ts';
import type { Combined } from './combined.ts';
import { declared, isOpen, type Place } from './declared-content.ts';

/**
 * Whether closed producers surely write a document that is valid under the schema at `root`: all its properties are declared.
 * Takes the work of that one document; `closedProducers` says the same of all documents, as a schema. False also where it is not
 * known: what a pattern that looks around makes of a name.
 */
export function isWrittenClosed(combined: Combined, root: Pointer, document: Json): boolean {
  const places = new Map<string, Place>();
  return isWritten([root], document);

  function isWritten(pointers: readonly Pointer[], value: Json): boolean {
    if (typeof value !== 'object' || value === null) return true;
    const place = placeOf(pointers);
    if (Array.isArray(value)) {
      return place.items.length === 0 || value.every((item: Json) => isWritten(place.items, item));
    }
    return Object.entries(value).every(([name, member]: [string, Json]) => {
      const described = place.properties.get(name);
      if (described !== undefined) return isWritten(described, member);
      return isOpen(place) || fitsPattern(place, name);
    });
  }

  function placeOf(pointers: readonly Pointer[]): Place {
    const key = pointers.join(' ');
    const known = places.get(key) ?? declared(combined, pointers);
    places.set(key, known);
    return known;
  }
}

function fitsPattern({ patterns }: Place, name: string): boolean {
  return [...patterns].some((pattern) => linearPattern(pattern)?.(name) ?? false);
}
