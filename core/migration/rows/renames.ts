import { isObject, type Json, own } from '../../schema/json.ts';
import { parsePointer } from '../../schema/pointer.ts';
import type { Operation } from '../operation.ts';

/**
 * Properties of the record itself that a transform only gives another name: the old name by the new one. Their columns keep type, indexes
 * and constraints. What a condition renames is not among them.
 */
export function renamedProperties(operations: readonly Operation[]): ReadonlyMap<string, string> {
  const origins = new Map<string, string>();
  for (const { source } of operations) {
    const step = renameOf(source);
    if (step === undefined) continue;
    const origin = origins.get(step.from) ?? step.from;
    origins.delete(step.from);
    if (origin !== step.to) origins.set(step.to, origin);
  }
  return origins;
}

function renameOf(source: Json): { from: string; to: string } | undefined {
  if (!isObject(source)) return undefined;
  const [rename, move] = [own(source, 'rename'), own(source, 'move')];
  const given = rename ?? move;
  if (!isObject(given)) return undefined;
  const [at, to] = [own(given, 'at'), own(given, 'to')];
  if (typeof at !== 'string' || typeof to !== 'string') return undefined;
  const [from, ...deeper] = parsePointer(at);
  const [name, ...further] = rename === undefined ? parsePointer(to) : [to];
  return from === undefined || name === undefined || deeper.length + further.length > 0
    ? undefined
    : { from, to: name };
}
