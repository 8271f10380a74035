import { withoutAnnotations } from '../../schema/annotations.ts';
import { canonicalJson } from '../../schema/canonical.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { isObject, type Json, own } from '../../schema/json.ts';

/** Which branch of the old list is which of the new one; what is left over came or went. */
export interface Matched {
  readonly pairs: readonly (readonly [old: number, new: number])[];
  readonly gone: readonly number[];
  readonly come: readonly number[];
}

/** From certain to likely: the same text, the same but for its annotations, the same reference, the same tag (a property with one value), the same title. */
const likenesses: readonly ((branch: Json, dialect: Dialect) => string | undefined)[] = [
  plain,
  (branch, dialect) => plain(withoutAnnotations(branch, dialect)),
  (branch) => text(branch, '$ref')?.replace(/^#\/definitions\/(old|new)/, ''),
  tag,
  (branch) => text(branch, 'title'),
  (branch) => (isObject(branch) ? canonicalJson(own(branch, 'type') ?? null) : undefined),
];

export function matchBranches(old: readonly Json[], next: readonly Json[], dialect: Dialect): Matched {
  const pairs: [number, number][] = [];
  const left = { old: new Set(old.keys()), new: new Set(next.keys()) };
  for (const likeness of likenesses) {
    const byLikeness = new Map<string, number[]>();
    for (const at of left.new) {
      const key = likeness(next[at] ?? null, dialect);
      if (key !== undefined) byLikeness.set(key, [...(byLikeness.get(key) ?? []), at]);
    }
    for (const at of left.old) {
      const key = likeness(old[at] ?? null, dialect);
      const partner = key === undefined ? undefined : byLikeness.get(key)?.shift();
      if (partner !== undefined) take(at, partner);
    }
  }
  if (left.old.size === left.new.size) {
    const partners = [...left.new];
    for (const [nth, at] of [...left.old].entries()) take(at, partners[nth] ?? 0);
  }
  return { pairs: pairs.sort(([, a], [, b]) => a - b), gone: [...left.old], come: [...left.new] };

  function take(at: number, partner: number): void {
    pairs.push([at, partner]);
    left.old.delete(at);
    left.new.delete(partner);
  }
}

/** Without telling which version a reference leads into. */
function plain(branch: Json): string {
  return canonicalJson(branch).replaceAll(/#\/definitions\/(old|new)(\d+)/g, '#$2');
}

function text(branch: Json, keyword: string): string | undefined {
  const value = isObject(branch) ? own(branch, keyword) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function tag(branch: Json): string | undefined {
  const properties = isObject(branch) ? own(branch, 'properties') : undefined;
  if (!isObject(properties)) return undefined;
  const tags = Object.entries(properties).flatMap(([name, schema]) => {
    const only = isObject(schema) ? (own(schema, 'const') ?? single(own(schema, 'enum'))) : undefined;
    return only === undefined ? [] : [`${name}=${canonicalJson(only)}`];
  });
  return tags.length === 0 ? undefined : tags.join(' ');
}

function single(values: Json | undefined): Json | undefined {
  return Array.isArray(values) && values.length === 1 ? (values[0] as Json) : undefined;
}
