import type { ErrorObject } from 'ajv';
import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import { parsePointer } from '../schema/pointer.ts';
import type { WrittenConfiguration } from './fill-defaults.ts';

/** Stands where an entry of a list has a fault of its own, and raises no further problem. */
const neutral: Readonly<Record<string, (at: number) => JsonObject>> = {
  schemas: () => ({ files: '**' }),
  waivers: () => ({ files: '**' }),
  accept: (at) => ({ fingerprint: `${at}`, until: '9999-12-31' }),
  consumers: () => ({ service: 'any', reads: '1' }),
  deprecated: () => ({ files: '**' }),
};

/** What of a faulty configuration can be checked further, so that all problems are told at once; faulty settings of lists are left out. */
export function soundParts(
  value: unknown,
  errors: readonly ErrorObject[],
  sections: readonly string[],
): WrittenConfiguration {
  const written = value as Json;
  if (!isObject(written)) return {};
  const faults = errors.map(({ instancePath }) => parsePointer(instancePath));
  const faulty = new Set(faults.map(([section]) => section));
  const sound = sections.flatMap((section): [string, Json][] => {
    const given = own(written, section);
    if (given === undefined) return [];
    if (!faulty.has(section)) return [[section, given]];
    const stand = neutral[section];
    if (stand === undefined || !Array.isArray(given)) return [];
    const inSection = faults.filter(([name]) => name === section);
    return [[section, given.map((entry: Json, at) => soundEntry(entry, `${at}`, inSection, stand(at)))]];
  });
  const parts = Object.fromEntries(sound);
  const schemas = own(parts, 'schemas');
  // Which targets there are is not known, then.
  if (faulty.has('targets') && Array.isArray(schemas)) {
    return {
      ...parts,
      schemas: schemas.map((set: Json) => without(set, ['target'])),
    } as unknown as WrittenConfiguration;
  }
  return parts;
}

function soundEntry(entry: Json, at: string, faults: readonly (readonly string[])[], stand: JsonObject): Json {
  const wrong = faults.filter(([, index]) => index === at).map(([, , setting]) => setting);
  if (wrong.length === 0) return entry;
  return isObject(entry) ? { ...stand, ...without(entry, wrong) } : stand;
}

function without(entry: Json, settings: readonly (string | undefined)[]): JsonObject {
  if (!isObject(entry)) return {};
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !settings.includes(name)));
}
