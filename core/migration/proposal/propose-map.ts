import { canonicalJson } from '../../schema/canonical.ts';
import type { Json } from '../../schema/json.ts';
import { formatPointer } from '../../schema/pointer.ts';
import { onlyValue } from '../json-types.ts';
import type { Draft } from './propose-operations.ts';

/** A map where a member had one value and has another now, such as the version that a record carries. */
export function proposeMap(old: Json, next: Json, path: readonly string[]): Draft | undefined {
  const [before, value] = [onlyValue(old), onlyValue(next)];
  if (before === undefined || value === undefined || canonicalJson(before) === canonicalJson(value)) return undefined;
  if (typeof before === 'object' && before !== null) return undefined;
  const values = typeof before === 'string' ? Object.fromEntries([[before, value]]) : [[before, value]];
  return { operations: [{ map: { at: formatPointer(path), values } }], gaps: [] };
}
