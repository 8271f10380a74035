import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import { formatPointer } from '../../schema/pointer.ts';
import { objectSchema } from '../object-schema.ts';
import { placeholder } from '../placeholder.ts';
import { resolveReference } from '../resolve-reference.ts';
import { proposeCast } from './propose-cast.ts';
import { proposeDate } from './propose-date.ts';
import { proposeDefault } from './propose-default.ts';
import { proposeMap } from './propose-map.ts';

/** Operations as they are written in a migration file, and what only a person can know. */
export interface Draft {
  readonly operations: readonly JsonObject[];
  readonly gaps: readonly string[];
}

/** One operation for each difference that has one, object by object. Renames are never guessed. */
export function proposeOperations(old: Json, next: Json): Draft {
  return draftObject({ old, next }, { old, next }, []);
}

const nothing: Draft = { operations: [], gaps: [] };

interface Pair {
  readonly old: Json;
  readonly next: Json;
}

function draftObject(roots: Pair, written: Pair, path: readonly string[]): Draft {
  const here = resolvePair(roots, written, formatPointer(path));
  if (here === undefined || !isObject(here.old) || !isObject(here.next)) return nothing;
  const [before, after] = [objectSchema(here.old), objectSchema(here.next)];
  const [had, has] = [listed(here.old), listed(here.next)];
  const operations: JsonObject[] = [];
  const gaps: string[] = [];
  const removed: string[] = [];
  const added: string[] = [];

  for (const name of new Set([...has, ...required(here.next), ...had])) {
    const [was, is] = [before.state(name), after.state(name)];
    const at = [...path, name];
    if (is.presence === 'never') {
      if (was.presence === 'never') continue;
      operations.push({ remove: { at: formatPointer(at) } });
      removed.push(name);
      continue;
    }
    if (!had.includes(name) && is.presence === 'always') added.push(name);
    if (was.presence !== 'never' && had.includes(name)) {
      const pair = resolvePair(roots, { old: was.schema, next: is.schema }, formatPointer(at));
      const cast = pair ? proposeCast(pair.old, pair.next, at) : undefined;
      const drafts = [
        cast ?? nothing,
        (pair && proposeDate(pair.old, pair.next, at)) ?? nothing,
        (pair && cast && proposeMap(cast.after, pair.next, at)) ?? nothing,
        draftObject(roots, { old: was.schema, next: is.schema }, at),
      ];
      operations.push(...drafts.flatMap((draft) => draft.operations));
      gaps.push(...drafts.flatMap((draft) => draft.gaps));
    }
    if (is.presence === 'always' && was.presence !== 'always') {
      const draft = proposeDefault(resolvePair(roots, { old: {}, next: is.schema }, '')?.next ?? {}, at);
      operations.push(...draft.operations);
      gaps.push(...draft.gaps);
    }
  }
  return { operations, gaps: [...gaps, ...renameGaps(removed, added, path)] };
}

/** Both schemas behind their references; undefined where one is not understood, which the proof will say. */
function resolvePair(roots: Pair, pair: Pair, at: string): Pair | undefined {
  const old = resolveReference(roots.old, pair.old, at);
  const next = resolveReference(roots.next, pair.next, at);
  return 'schema' in old && 'schema' in next ? { old: old.schema, next: next.schema } : undefined;
}

function listed(schema: JsonObject): string[] {
  const properties = own(schema, 'properties');
  return isObject(properties) ? Object.keys(properties) : [];
}

function required(schema: JsonObject): string[] {
  const names = own(schema, 'required');
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/** Nothing in two schemas tells a rename from a removal and an addition, and removing loses the values. */
function renameGaps(removed: readonly string[], added: readonly string[], path: readonly string[]): string[] {
  if (added.length === 0) return [];
  return removed.map((name) => {
    const at = formatPointer([...path, name]);
    const to = added.length === 1 ? added[0] : placeholder('the new name');
    return `Whether ${at} was renamed to ${added.join(' or ')}. If so, write \`rename: { at: ${at}, to: ${to} }\` in place of its removal and the default.`;
  });
}
