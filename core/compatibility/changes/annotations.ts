import { isContentKeyword } from '../../schema/content-keywords.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { type JsonObject, own } from '../../schema/json.ts';
import { keywordsOf } from '../../schema/keywords.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Family } from '../difference.ts';
import { differing, sides } from './values.ts';

const changed: ChangeKind = { id: 'annotation-changed', mirror: 'annotation-changed' };

/** A version that is counted up is what a change asks for, not a change. */
const namesTheVersion = new Set(['version', 'self']);

/** Titles, descriptions, defaults, examples, unknown words: all that no validator acts on. One change for all of a schema. */
export const annotations: Family = {
  keywords: [],
  kinds: [changed],
  compare: (pair, dialect) => {
    const names = [...new Set([...Object.keys(pair.old.value), ...Object.keys(pair.new.value)])].filter(
      (name) =>
        isAnnotation(name, dialect) && !namesTheVersion.has(name) && differing(name, pair.old.value, pair.new.value),
    );
    const [first] = names;
    if (first === undefined) return { differences: [], steps: [] };
    const only = (schema: JsonObject) => (names.length === 1 ? own(schema, first) : undefined);
    const difference = {
      kind: changed,
      side: own(pair.new.value, first) === undefined ? ('old' as const) : ('new' as const),
      segments: [first],
      subject: pair.subject,
      summary: `${names.join(', ')}: description only`,
      ...sides(only(pair.old.value), only(pair.new.value)),
      apply: [],
      undo: [],
    };
    return { differences: [difference], steps: [] };
  },
};

function isAnnotation(name: string, dialect: Dialect): boolean {
  if (isContentKeyword(name, dialect)) return false;
  const keyword = keywordsOf(dialect).get(name);
  return keyword === undefined || keyword.role === 'annotation';
}
