import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import { parsePointer } from '../schema/pointer.ts';
import { dependsOn } from './effect-dependence.ts';
import { type Member, withMember, withoutMember } from './member.ts';
import type { Effect } from './operation.ts';

/** What a schema says of one member of an object. */
export type MemberState =
  | { readonly presence: 'never' }
  | { readonly presence: 'maybe' | 'always'; readonly schema: Json };

/** A schema that is an object and whose meaning for the members at hand is understood. */
export interface ObjectSchema {
  state(name: string): MemberState;
  with(name: string, state: MemberState): ObjectSchema;
  readonly schema: JsonObject;
}

/** No value is valid under it, in every dialect. */
const nothing: Json = { not: {} };

/**
 * The effect of changing members of the parent of `member`. `names` are all members that `edit` reads or changes.
 * Where a keyword could see the change in a way that is not understood here, the answer is `unknown`, never a guess.
 */
export function editParent(
  schema: Json,
  member: Member,
  names: readonly string[],
  edit: (parent: ObjectSchema) => ObjectSchema,
): Effect {
  const stray = findStrayReference(schema);
  if (stray !== undefined) return { unknown: stray };
  return descend(schema, schema, member.segments.slice(0, -1), names, edit, '');
}

function descend(
  root: Json,
  schema: Json,
  path: readonly string[],
  names: readonly string[],
  edit: (parent: ObjectSchema) => ObjectSchema,
  at: string,
): Effect {
  const here = resolve(root, schema, at);
  if ('unknown' in here) return here;
  // `false`: no record is valid before, so none is after.
  if (here.schema === false) return { schema: false };
  const object = isObject(here.schema) ? here.schema : {};
  const [first, ...rest] = path;
  for (const name of first === undefined ? names : [first]) {
    const reason = dependsOn(object, name, first === undefined ? 'presence' : 'value');
    if (reason !== undefined) return { unknown: `${at || 'the schema'} ${reason}` };
  }
  const view = objectSchema(object);
  if (first === undefined) return { schema: edit(view).schema };
  const inner = view.state(first);
  if (inner.presence === 'never') return { schema: object };
  const effect = descend(root, inner.schema, rest, names, edit, `${at}/properties/${first}`);
  return 'unknown' in effect ? effect : { schema: view.with(first, { ...inner, schema: effect.schema }).schema };
}

/** Replaces a local reference by a copy of what it names, so that an edit touches this place only. */
export function resolve(root: Json, schema: Json, at: string): Effect {
  let current = schema;
  for (let hops = 0; hops < 20; hops++) {
    if (!isObject(current)) return { schema: current };
    const nested =
      current !== root && ['$id', 'id', '$anchor'].some((key) => typeof own(current as JsonObject, key) === 'string');
    if (nested) return { unknown: `${at} is a schema with an address of its own` };
    const reference = own(current, '$ref');
    if (reference === undefined) return { schema: current };
    const siblings = Object.keys(current).filter((key) => !annotations.has(key));
    if (siblings.length > 0) return { unknown: `${at || 'the schema'} joins $ref with ${siblings.join(', ')}` };
    const target =
      typeof reference === 'string' && reference.startsWith('#') ? lookUp(root, reference.slice(1)) : undefined;
    if (target === undefined) return { unknown: `${at || 'the schema'} refers to another file` };
    const kept = Object.entries(current).filter(([key]) => key !== '$ref');
    current = isObject(target) ? { ...target, ...Object.fromEntries(kept) } : target;
  }
  return { unknown: `${at} is a reference that never ends` };
}

const annotations = new Set([
  '$ref',
  '$schema',
  '$id',
  'id',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$defs',
  'definitions',
  'version',
]);

function lookUp(root: Json, pointer: string): Json | undefined {
  let current: Json | undefined = root;
  let segments: string[];
  try {
    segments = parsePointer(decodeURIComponent(pointer));
  } catch {
    return undefined;
  }
  for (const segment of segments) current = isObject(current) ? own(current, segment) : undefined;
  return current;
}

/**
 * The records' schema is edited in place, so a reference to an edited place would change its meaning. References into
 * `$defs` and `definitions` are safe, for those are copied before they are edited; all others are not understood.
 */
function findStrayReference(value: Json): string | undefined {
  if (Array.isArray(value)) return value.map(findStrayReference).find((found) => found !== undefined);
  if (!isObject(value)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$dynamicRef' || key === '$recursiveRef') return `the schema uses ${key}`;
    if (key === '$ref' && typeof inner === 'string' && !/^#\/(\$defs|definitions)\//.test(inner))
      return `the schema refers to ${inner}`;
    const found = findStrayReference(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function objectSchema(schema: JsonObject): ObjectSchema {
  const properties = own(schema, 'properties');
  const known = isObject(properties) ? properties : {};
  const required = own(schema, 'required');
  const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
  const others = own(schema, 'additionalProperties') ?? true;
  return {
    schema,
    state(name) {
      const member = own(known, name) ?? others;
      if (member === false || (isObject(member) && isNothing(member))) return { presence: 'never' };
      return { presence: names.includes(name) ? 'always' : 'maybe', schema: member };
    },
    with(name, state) {
      const kept = names.filter((other) => other !== name);
      const now = state.presence === 'always' ? [...kept, name] : kept;
      const gone = state.presence === 'never';
      const changed =
        gone && others === false ? withoutMember(known, name) : withMember(known, name, gone ? nothing : state.schema);
      const base = withoutMember(withMember(schema, 'properties', changed), 'required');
      return objectSchema(now.length > 0 ? withMember(base, 'required', now) : base);
    },
  };
}

function isNothing(schema: JsonObject): boolean {
  const negated = own(schema, 'not');
  return negated === true || (isObject(negated) && Object.keys(negated).length === 0);
}
