import { fingerprintOf } from '../../schema/fingerprint.ts';
import { isObject, type Json, own } from '../../schema/json.ts';
import type { OpenApi } from './open-api.ts';

/** What is read off a component once, since many components refer to it. */
export interface ComponentFacts {
  /** All that could be references: too many rather than too few. */
  readonly references: readonly string[];
  readonly fingerprint: string;
}

const known = new WeakMap<OpenApi, Map<string, ComponentFacts>>();

export function factsOf(openApi: OpenApi, name: string): ComponentFacts {
  const all = known.get(openApi) ?? new Map<string, ComponentFacts>();
  known.set(openApi, all);
  const value = own(openApi.components, name) ?? null;
  const facts = all.get(name) ?? { references: referencesIn(value), fingerprint: fingerprintOf(value) };
  all.set(name, facts);
  return facts;
}

function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => referencesIn(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' && /^\$(?:ref|dynamicRef|recursiveRef)$/.test(name) ? [member] : referencesIn(member),
  );
}
