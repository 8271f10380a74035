import type { Change } from '../../compatibility/change.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import { attribute, subjectOf } from '../attribute.ts';
import { anyOf, refusalsOf } from './refusals.ts';

/** What to ask PostgreSQL so that it counts the records that the new version of a schema refuses. */
export interface CountQuery {
  /** Of a record in the column `document` (jsonb): whether the new version refuses it, and whether the old one does. */
  readonly failing: string;
  readonly invalidBefore: string;
  /** Whether the new version refuses it by a change. Changes by which no record can fail are not there. */
  readonly byChange: ReadonlyMap<Change, string>;
}

const document = 'document';

/**
 * Both versions of a schema as questions to PostgreSQL; answers and attribution are those of `startCounting`. Undefined when a version asks
 * what PostgreSQL cannot answer just as ajv does.
 * @param changes those to count, see `changesToCount`
 */
export function countQuery(
  versions: { readonly old: SchemaBundle; readonly new: SchemaBundle; readonly formatAssertion: boolean },
  changes: readonly Change[],
): CountQuery | undefined {
  const names = new Set(changes.flatMap(subjectOf).filter((segment) => segment !== '*'));
  // Items are not told apart by their numbers here.
  if ([...names].some((name) => /^\d+$|[[\]]/.test(name))) return undefined;
  const { formatAssertion } = versions;
  const now = refusalsOf(versions.new, { formatAssertion, names }, document);
  const before = refusalsOf(versions.old, { formatAssertion, names: new Set() }, document);
  if (!now || !before) return undefined;
  const byChange = new Map<Change, string[]>();
  for (const { sql, violation } of now) {
    for (const change of attribute([violation], changes)) byChange.set(change, [...(byChange.get(change) ?? []), sql]);
  }
  return {
    failing: anyOf(now.map(({ sql }) => sql)),
    invalidBefore: anyOf(before.map(({ sql }) => sql)),
    byChange: new Map([...byChange].map(([change, conditions]) => [change, anyOf(conditions)])),
  };
}
