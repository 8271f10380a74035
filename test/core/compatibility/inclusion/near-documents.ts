import * as fc from 'fast-check';
import { isObject, type Json } from '../../../../core/schema/json.ts';

/**
 * Documents near others: members taken away, added, or replaced by the words, numbers and names that the schemas speak of. Random
 * documents are hardly ever valid under a real schema; the neighbours of a valid one often are.
 */
export function near(starts: readonly Json[], schemas: readonly Json[], count: number, seed: number): Json[] {
  const words = wordsOf(schemas);
  const edits = fc.sample(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }), {
    numRuns: count,
    seed,
  });
  return edits.map((steps, at) => {
    const start = starts[at % Math.max(1, starts.length)] ?? {};
    return steps.reduce<Json>((document, [place, how, what]) => edited(document, place, how, what, words), start);
  });
}

interface Words {
  readonly names: readonly string[];
  readonly values: readonly Json[];
}

function edited(document: Json, place: number, how: number, what: number, words: Words): Json {
  const target = place % countOf(document);
  let at = -1;
  return visit(document);

  function visit(value: Json): Json {
    at += 1;
    if (at === target) return changed(value, how, what, words);
    if (Array.isArray(value)) return value.map((item: Json) => visit(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, visit(member)]));
  }
}

function changed(value: Json, how: number, what: number, { names, values }: Words): Json {
  const other = values[what % values.length] ?? null;
  if (isObject(value) && how % 4 !== 0) {
    const present = Object.keys(value);
    const name = how % 2 === 0 ? present[what % Math.max(1, present.length)] : names[what % Math.max(1, names.length)];
    if (name === undefined) return other;
    const rest = Object.entries(value).filter(([key]) => key !== name);
    return Object.fromEntries(how % 2 === 0 ? rest : [...rest, [name, other]]);
  }
  if (Array.isArray(value) && how % 4 !== 0) return how % 2 === 0 ? value.slice(1) : [...(value as Json[]), other];
  if (typeof value === 'number' && how % 2 === 0) return value + ((what % 5) - 2) / 2;
  if (typeof value === 'string' && how % 2 === 0) return what % 2 === 0 ? value.slice(1) : `${value}x`;
  return other;
}

function countOf(value: Json): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item: Json) => sum + countOf(item), 1);
  return isObject(value) ? Object.values(value).reduce<number>((sum, item) => sum + countOf(item), 1) : 1;
}

/** Names and scalars anywhere in the schemas, with the neighbours of the numbers. */
function wordsOf(schemas: readonly Json[]): Words {
  const names = new Set<string>();
  const values = new Map<string, Json>(
    [null, true, false, 0, 1, -1, 0.5, '', 'a', [], {}].map((value) => [JSON.stringify(value), value as Json]),
  );
  const keep = (value: Json) => values.set(JSON.stringify(value), value);
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isObject(value))
      for (const [name, member] of Object.entries(value)) {
        names.add(name);
        visit(member);
      }
    else {
      keep(value);
      if (typeof value === 'number' && value < 1000) {
        for (const beside of [value - 1, value + 1]) keep(beside);
        if (value > 0) keep('x'.repeat(value));
      }
    }
  };
  for (const schema of schemas) visit(schema);
  return { names: [...names], values: [...values.values()] };
}
