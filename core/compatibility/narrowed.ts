import type { SchemaBundle } from '../schema/document.ts';
import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';

/** Fewer are read faster than left out. */
const worthLeavingOut = 200;

/**
 * Two schemas, one an edit of the other, without the optional properties that both have (the same objects, not only equal ones) beside
 * the edit. Not a proof of anything: a document that shows a break here is a good guess for one that shows it in the whole, found
 * without reading thousands of properties. Undefined where it would save nothing.
 */
export function narrowed(
  left: SchemaBundle,
  right: SchemaBundle,
): { readonly left: SchemaBundle; readonly right: SchemaBundle } | undefined {
  let leftOut = 0;
  const [from, to] = both(left.root.value, right.root.value);
  if (leftOut < worthLeavingOut) return undefined;
  return { left: withValue(left, from), right: withValue(right, to) };

  function both(a: Json, b: Json): readonly [Json, Json] {
    if (a === b) return [a, b];
    if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
      const items = a.map((item: Json, at) => both(item, b[at] as Json));
      return [items.map(([item]) => item), items.map(([, item]) => item)];
    }
    if (!isObject(a) || !isObject(b)) return [a, b];
    const needed = new Set([a, b].flatMap(requiredBy));
    const pairs = Object.keys(a).flatMap((name): (readonly [string, readonly [Json, Json]])[] => {
      const [mine, other] = [own(a, name), own(b, name)];
      if (mine === undefined || other === undefined) return [];
      const isMap = name === 'properties' && isObject(mine) && isObject(other);
      return [[name, isMap ? both(...withoutShared(mine, other, needed)) : both(mine, other)]];
    });
    const narrow = (side: 0 | 1, whole: JsonObject) =>
      Object.fromEntries([...Object.entries(whole), ...pairs.map(([name, pair]) => [name, pair[side]] as const)]);
    return [narrow(0, a), narrow(1, b)];
  }

  function withoutShared(a: JsonObject, b: JsonObject, needed: ReadonlySet<Json>): [JsonObject, JsonObject] {
    const isShared = (name: string) => !needed.has(name) && own(a, name) === own(b, name);
    const rest = (map: JsonObject) => Object.fromEntries(Object.entries(map).filter(([name]) => !isShared(name)));
    const made: [JsonObject, JsonObject] = [rest(a), rest(b)];
    leftOut += Object.keys(a).length - Object.keys(made[0]).length;
    return made;
  }
}

function requiredBy(schema: JsonObject): readonly Json[] {
  const names = own(schema, 'required');
  return Array.isArray(names) ? names : [];
}

function withValue({ root, files }: SchemaBundle, value: Json): SchemaBundle {
  const { path, dialect } = root;
  const document = {
    path,
    text: JSON.stringify(value),
    value,
    dialect,
    get inexactNumbers() {
      return root.inexactNumbers;
    },
    literalOf: root.literalOf?.bind(root) ?? (() => undefined),
    locate: root.locate.bind(root),
  };
  return { root: document, files };
}
