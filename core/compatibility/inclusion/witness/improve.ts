import { canonicalJson } from '../../../schema/canonical.ts';
import type { SchemaBundle } from '../../../schema/document.ts';
import { isObject, type Json } from '../../../schema/json.ts';
import { magnitude } from '../solve/magnitude.ts';
import { suggestionsFor } from './suggestions.ts';

type Path = readonly (string | number)[];

const mostTries = 120;
const largest = 400;

/**
 * A smaller document with values that the authors offer, as long as it still shows the break. Every step is tried with the
 * judges, so the result is as much a witness as what it was made from.
 */
export function improve(value: Json, bundles: readonly SchemaBundle[], shows: (value: Json) => boolean): Json {
  if (magnitude(value) > largest) return value;
  let tries = 0;
  const holds = (candidate: Json): boolean => {
    tries += 1;
    return tries <= mostTries && shows(candidate);
  };
  const smaller = shrunk(value, holds);
  return bundles.some(offersValues) ? embellished(smaller, bundles, holds) : smaller;
}

/** A cheap look before the careful one. */
function offersValues({ root, files }: SchemaBundle): boolean {
  return [root, ...files.values()].some(({ text }) => /\b(?:examples?|default|enum|const)\b/.test(text));
}

/** Without the members and items that can go. */
function shrunk(value: Json, holds: (value: Json) => boolean): Json {
  let current = value;
  for (const path of pathsIn(value).reverse()) {
    if (path.length === 0 || typeof path.at(-1) === 'number') continue;
    const without = changed(current, path, undefined);
    if (holds(without)) current = without;
  }
  return current;
}

function embellished(value: Json, bundles: readonly SchemaBundle[], holds: (value: Json) => boolean): Json {
  let current = value;
  for (const path of pathsIn(value)) {
    const present = at(current, path);
    if (present === undefined || (typeof present === 'object' && present !== null)) continue;
    const offered = bundles.flatMap((bundle) => suggestionsFor(bundle, path));
    if (offered.some((each) => canonicalJson(each) === canonicalJson(present))) continue;
    const better = offered
      .map((each) => changed(current, path, each))
      .find((candidate) => magnitude(candidate) <= largest && holds(candidate));
    if (better !== undefined) current = better;
  }
  return current;
}

/** Outer places first. */
function pathsIn(value: Json, path: Path = []): Path[] {
  if (Array.isArray(value))
    return [path, ...value.slice(0, 5).flatMap((item: Json, index) => pathsIn(item, [...path, index]))];
  if (!isObject(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...path, name]))];
}

function at(value: Json, path: Path): Json | undefined {
  let current: Json | undefined = value;
  for (const step of path) {
    if (Array.isArray(current)) current = current[Number(step)] as Json | undefined;
    else if (isObject(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}

/** A copy with another value at a place, or without the member there. */
function changed(value: Json, path: Path, other: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return other ?? value;
  if (Array.isArray(value))
    return value.map((item: Json, index) => (index === step ? changed(item, rest, other) : item));
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    if (name !== step) return [[name, member]];
    if (rest.length > 0) return [[name, changed(member, rest, other)]];
    return other === undefined ? [] : [[name, other]];
  });
  return Object.fromEntries(members);
}
