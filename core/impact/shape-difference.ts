import { canonicalJson } from '../schema/canonical.ts';
import { isObject, type Json, own } from '../schema/json.ts';
import type { Difference } from './rehearsal.ts';

const most = 20;

/** Where two documents differ, by types and not by values; the first 20 places. */
export function shapeDifferences(before: Json, after: Json): Difference[] {
  const found: Difference[] = [];
  collect(before, after, '', found);
  return found;
}

function collect(before: Json | undefined, after: Json | undefined, at: string, found: Difference[]): void {
  if (found.length >= most || same(before, after)) return;
  if (before !== undefined && after !== undefined && isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const name of names) collect(own(before, name), own(after, name), `${at}/${escaped(name)}`, found);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [index, item] of before.entries()) collect(item, after[index], `${at}/${index}`, found);
    return;
  }
  const [old, now] = [shapeOf(before), shapeOf(after)];
  found.push({ at, before: old, after: old === now && now !== undefined ? `another ${now}` : now });
}

function same(before: Json | undefined, after: Json | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return canonicalJson(before) === canonicalJson(after);
}

function shapeOf(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (Array.isArray(value)) return `array of ${value.length}`;
  return isObject(value) ? `object with ${Object.keys(value).length} members` : typeof value;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
