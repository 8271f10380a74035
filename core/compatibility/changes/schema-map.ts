import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Family, Pair, Step } from '../difference.ts';
import { sameJson, show, sides, visibleIn } from './values.ts';

/** A keyword whose value is an object of entries that come and go one by one. */
export interface SchemaMap {
  readonly keywords: readonly string[];
  readonly kinds: { readonly added: ChangeKind; readonly removed: ChangeKind; readonly changed?: ChangeKind };
  /** The data path of an entry. */
  readonly subject: (subject: string, name: string) => string;
  readonly summary: (name: string, what: string) => string;
}

export function schemaMap({ keywords, kinds, subject, summary }: SchemaMap): Family {
  return {
    keywords,
    kinds: Object.values(kinds),
    compare: (pair) => {
      const differences: Difference[] = [];
      const steps: Step[] = [];
      for (const keyword of keywords) {
        const [old, next] = [entries(pair.old.value, keyword), entries(pair.new.value, keyword)];
        for (const name of new Set([...old.keys(), ...next.keys()])) {
          const [before, after] = [old.get(name), next.get(name)];
          const segments: [string, string] = [keyword, name];
          if (isSchema(before) && isSchema(after)) {
            steps.push({ old: segments, new: segments, subject: subject(pair.subject, name) });
          } else if (!sameJson(before, after)) {
            differences.push(difference(pair, segments, before, after));
          }
        }
      }
      return { differences, steps };
    },
  };

  function difference(
    pair: Pair<JsonObject>,
    segments: [string, string],
    before: Json | undefined,
    after: Json | undefined,
  ): Difference {
    const what = before === undefined ? 'added' : after === undefined ? 'removed' : `${show(before)} → ${show(after)}`;
    return {
      kind: before === undefined ? kinds.added : after === undefined ? kinds.removed : (kinds.changed ?? kinds.added),
      side: visibleIn(after),
      segments,
      subject: subject(pair.subject, segments[1]),
      summary: summary(segments[1], what),
      ...sides(before, after),
      apply: [{ segments, value: after }],
      undo: [{ segments, value: before }],
    };
  }
}

function entries(schema: JsonObject, keyword: string): ReadonlyMap<string, Json> {
  const map = own(schema, keyword);
  return new Map(isObject(map) ? Object.entries(map) : []);
}

function isSchema(value: Json | undefined): boolean {
  return isObject(value) || typeof value === 'boolean';
}
