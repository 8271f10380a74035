import { isObject, type Json, own } from '../../schema/json.ts';
import { formatPointer } from '../../schema/pointer.ts';
import { midnight } from '../operations/date-to-date-time.ts';
import type { Draft } from './propose-operations.ts';

/** Where `format` says that a date becomes a date-time, or the other way round. Both stay text, so no type tells. */
export function proposeDate(old: Json, next: Json, path: readonly string[]): Draft | undefined {
  const at = formatPointer(path);
  const label = path.join('.');
  const [before, after] = [formatOf(old), formatOf(next)];
  if (before === 'date' && after === 'date-time')
    return {
      operations: [{ 'date-to-date-time': { at, time: midnight } }],
      gaps: [`Which time of day ${label} means: ${midnight} is proposed.`],
    };
  if (before === 'date-time' && after === 'date')
    return {
      operations: [{ 'date-time-to-date': { at, time: midnight } }],
      gaps: [`Whether every ${label} is at ${midnight}: a run stops at any other time of day, which would be lost.`],
    };
  return undefined;
}

function formatOf(schema: Json): Json | undefined {
  return isObject(schema) ? own(schema, 'format') : undefined;
}
