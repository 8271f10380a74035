import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import { dependsOn } from './effect-dependence.ts';
import type { Member } from './member.ts';
import { type ObjectSchema, objectSchema } from './object-schema.ts';
import type { Effect } from './operation.ts';
import { annotations, resolveReference } from './resolve-reference.ts';

/** `resolve` gives the schema that a local reference names, any other as it is, and one that allows all for what it does not understand. */
type Edit = (parent: ObjectSchema, resolve: (schema: Json) => Json) => ObjectSchema;

/**
 * The effect of changing members of the parent of `member`. `names` are all members that `edit` reads or changes.
 * Where a keyword could see the change in a way that is not understood here, the answer is `unknown`, never a guess.
 */
export function editParent(schema: Json, member: Member, names: readonly string[], edit: Edit): Effect {
  const stray = findStrayReference(schema);
  if (stray !== undefined) return { unknown: stray };
  return descend(schema, schema, member.segments.slice(0, -1), names, edit, '');
}

function descend(
  root: Json,
  schema: Json,
  path: readonly string[],
  names: readonly string[],
  edit: Edit,
  at: string,
): Effect {
  const here = resolveReference(root, schema, at);
  if ('unknown' in here) return here;
  // `false`: no record is valid before, so none is after.
  if (here.schema === false) return { schema: false };
  const object = isObject(here.schema) ? here.schema : {};
  const branches = branchesOf(object);
  if (branches !== undefined) {
    const effects = branches.map((branch, index) => descend(root, branch, path, names, edit, `${at}/anyOf/${index}`));
    const unknown = effects.find((effect) => 'unknown' in effect);
    if (unknown) return unknown;
    const { oneOf: _, ...rest } = object;
    return { schema: { ...rest, anyOf: effects.flatMap((effect) => ('schema' in effect ? [effect.schema] : [])) } };
  }
  const [first, ...rest] = path;
  for (const name of first === undefined ? names : [first]) {
    const reason = dependsOn(object, name, first === undefined ? 'presence' : 'value');
    if (reason !== undefined) return { unknown: `${at || 'the schema'} ${reason}` };
  }
  const view = objectSchema(object);
  if (first === undefined) {
    const resolve = (inner: Json): Json => {
      const found = resolveReference(root, inner, at);
      return 'schema' in found ? found.schema : {};
    };
    return { schema: edit(view, resolve).schema };
  }
  const inner = view.state(first);
  if (inner.presence === 'never') return { schema: object };
  const effect = descend(root, inner.schema, rest, names, edit, `${at}/properties/${first}`);
  return 'unknown' in effect ? effect : { schema: view.with(first, { ...inner, schema: effect.schema }).schema };
}

/**
 * The branches of a schema that is nothing but a choice of them. Of `oneOf` it is forgotten that only one may hold: that
 * makes the effect larger, never too small.
 */
function branchesOf(schema: JsonObject): readonly Json[] | undefined {
  const said = Object.keys(schema).filter((key) => !annotations.has(key));
  const [only] = said;
  if (said.length !== 1 || (only !== 'anyOf' && only !== 'oneOf')) return undefined;
  const branches = own(schema, only);
  return Array.isArray(branches) ? branches : undefined;
}

/**
 * The records' schema is edited in place, so a reference to an edited place would change its meaning. References into
 * `$defs` and `definitions` are safe, for those are copied before they are edited; all others are not understood. That
 * references to other files do not lead back here is for the caller to make sure of: see `leads-back.ts`.
 */
function findStrayReference(value: Json): string | undefined {
  if (Array.isArray(value)) return value.map(findStrayReference).find((found) => found !== undefined);
  if (!isObject(value)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$dynamicRef' || key === '$recursiveRef') return `the schema uses ${key}`;
    if (
      key === '$ref' &&
      typeof inner === 'string' &&
      inner.startsWith('#') &&
      !/^#\/(\$defs|definitions)\//.test(inner)
    )
      return `the schema refers to ${inner}`;
    const found = findStrayReference(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
