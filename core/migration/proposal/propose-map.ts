import { canonicalJson } from '../../schema/canonical.ts';
import { isObject, type Json, own } from '../../schema/json.ts';
import { formatPointer } from '../../schema/pointer.ts';
import { enumerated, onlyValue, possibleTypes } from '../json-types.ts';
import { placeholder } from '../placeholder.ts';
import type { Draft } from './propose-operations.ts';

/** A map where single values of a member are no longer allowed: a version that records carry, a choice, null. */
export function proposeMap(old: Json, next: Json, path: readonly string[]): Draft | undefined {
  const at = formatPointer(path);
  const label = path.join('.');
  const [before, after] = [onlyValue(old), onlyValue(next)];
  if (before !== undefined && after !== undefined)
    return isSame(before, after) || isContainer(before) ? undefined : draft(at, [[before, after]], false);
  const gone = vanished(old, next);
  if (gone.length > 0) {
    const pairs = gone.map((value): [Json, Json] => [
      value,
      placeholder(`what ${label} ${JSON.stringify(value)} becomes`),
    ]);
    const names = gone.map((value) => JSON.stringify(value)).join(', ');
    return draft(at, pairs, true, `What becomes of records where ${label} is ${names}: not allowed any more.`);
  }
  if (!possibleTypes(old).has('null') || possibleTypes(old).size >= 5 || possibleTypes(next).has('null'))
    return undefined;
  const told = isObject(next) ? own(next, 'default') : undefined;
  if (told !== undefined) return draft(at, [[null, told]], true);
  const question = `What becomes of records where ${label} is null: not allowed any more.`;
  return draft(at, [[null, placeholder(`what ${label} null becomes`)]], true, question);
}

/** Values that the old version lists and the new one, listing too, does not. */
function vanished(old: Json, next: Json): readonly Json[] {
  const left = enumerated(next)?.map((value) => canonicalJson(value));
  if (left === undefined) return [];
  return (enumerated(old) ?? []).filter((value) => !isContainer(value) && !left.includes(canonicalJson(value)));
}

function draft(at: string, pairs: readonly [Json, Json][], keep: boolean, gap?: string): Draft {
  const texts = pairs.every(([from]) => typeof from === 'string');
  const values: Json = texts ? Object.fromEntries(pairs) : pairs;
  return {
    operations: [{ map: { at, values, ...(keep ? { otherwise: 'keep' } : {}) } }],
    gaps: gap === undefined ? [] : [gap],
  };
}

function isSame(left: Json, right: Json): boolean {
  return canonicalJson(left) === canonicalJson(right);
}

function isContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}
