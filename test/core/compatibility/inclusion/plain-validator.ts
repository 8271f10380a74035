import { canonicalJson } from '../../../../core/schema/canonical.ts';
import { type Dialect, ignoresReferenceSiblings, isSince } from '../../../../core/schema/dialect.ts';
import { isObject, type Json, type JsonObject, own } from '../../../../core/schema/json.ts';
import { valueAt } from '../../../../core/schema/references.ts';

/** What one schema says about one value: whether it holds, and what of the value it has evaluated. */
interface Result {
  readonly valid: boolean;
  readonly names: ReadonlySet<string>;
  readonly items: ReadonlySet<number>;
}

/**
 * A validator straight from the specifications, slow and short, as a third opinion where ajv and the engine differ. It follows
 * `$ref`s into the same document only, and knows no formats.
 */
export function plainlyValid(root: Json, dialect: Dialect, value: Json): boolean {
  return check(root, value).valid;

  function check(schema: Json, data: Json): Result {
    const names = new Set<string>();
    const items = new Set<number>();
    if (!isObject(schema)) return { valid: schema === true, names, items };
    let valid = true;
    const get = (name: string): Json | undefined => own(schema, name);
    const must = (condition: boolean): void => void (valid &&= condition);
    const apply = (inner: Json): boolean => {
      const result = check(inner, data);
      if (result.valid) {
        for (const name of result.names) names.add(name);
        for (const item of result.items) items.add(item);
      }
      return result.valid;
    };
    const reference = get('$ref');
    if (typeof reference === 'string') {
      must(apply(valueAt(root, decodeURIComponent(reference.slice(1))) ?? false));
      if (ignoresReferenceSiblings(dialect)) return { valid, names, items };
    }
    general();
    if (typeof data === 'number') numeric(data);
    if (typeof data === 'string') textual(data);
    if (Array.isArray(data)) listed(data);
    if (isObject(data)) named(data);
    combined();
    if (Array.isArray(data) && isSince(dialect, '2019-09')) unevaluatedItems(data);
    if (isObject(data) && isSince(dialect, '2019-09')) unevaluatedProperties(data);
    return { valid, names, items };

    function general(): void {
      const types = get('type');
      if (types !== undefined) must(strings([types].flat()).some((type) => isOf(type, data)));
      const values = get('enum');
      if (Array.isArray(values)) must(values.some((each: Json) => canonicalJson(each) === canonicalJson(data)));
      const constant = get('const');
      if (constant !== undefined && isSince(dialect, 'draft-06')) must(canonicalJson(constant) === canonicalJson(data));
    }
    function numeric(number: number): void {
      const [minimum, maximum, low, high, step] = [
        'minimum',
        'maximum',
        'exclusiveMinimum',
        'exclusiveMaximum',
        'multipleOf',
      ].map(get);
      if (typeof minimum === 'number') must(low === true ? number > minimum : number >= minimum);
      if (typeof maximum === 'number') must(high === true ? number < maximum : number <= maximum);
      if (typeof low === 'number') must(number > low);
      if (typeof high === 'number') must(number < high);
      if (typeof step === 'number') must(Number.isInteger(number / step));
    }
    function textual(text: string): void {
      size(Array.from(text).length, 'Length');
      const pattern = get('pattern');
      if (typeof pattern === 'string') must(new RegExp(pattern, 'u').test(text));
    }
    function size(count: number, what: string): void {
      const [min, max] = [get(`min${what}`), get(`max${what}`)];
      if (typeof min === 'number') must(count >= min);
      if (typeof max === 'number') must(count <= max);
    }
    function listed(list: readonly Json[]): void {
      size(list.length, 'Items');
      if (get('uniqueItems') === true) must(new Set(list.map(canonicalJson)).size === list.length);
      const all = get('items');
      const first = dialect === '2020-12' ? get('prefixItems') : Array.isArray(all) ? all : undefined;
      const rest = dialect === '2020-12' || !Array.isArray(all) ? all : get('additionalItems');
      const prefix: readonly Json[] = Array.isArray(first) ? first : [];
      for (const [at, item] of list.entries()) {
        const inner = at < prefix.length ? prefix[at] : rest;
        if (inner === undefined) continue;
        must(check(inner, item).valid);
        items.add(at);
      }
      const contained = isSince(dialect, 'draft-06') ? get('contains') : undefined;
      if (contained === undefined) return;
      const found = [...list.keys()].filter((at) => check(contained, list[at] ?? null).valid);
      const [min, max] = isSince(dialect, '2019-09') ? [get('minContains'), get('maxContains')] : [];
      must(found.length >= (typeof min === 'number' ? min : 1));
      if (typeof max === 'number') must(found.length <= max);
      if (dialect === '2020-12') for (const at of found) items.add(at);
    }
    function named(object: JsonObject): void {
      const keys = Object.keys(object);
      size(keys.length, 'Properties');
      for (const name of strings(get('required'))) must(Object.hasOwn(object, name));
      const [properties, like, others] = [get('properties'), get('patternProperties'), get('additionalProperties')];
      for (const key of keys) {
        const inner = [
          ...(isObject(properties) && Object.hasOwn(properties, key) ? [properties[key] ?? true] : []),
          ...(isObject(like)
            ? Object.entries(like).flatMap(([pattern, each]) => (new RegExp(pattern, 'u').test(key) ? [each] : []))
            : []),
        ];
        const rules = inner.length > 0 ? inner : others === undefined ? [] : [others];
        for (const rule of rules) must(check(rule, object[key] ?? null).valid);
        if (rules.length > 0) names.add(key);
        const nameRule = isSince(dialect, 'draft-06') ? get('propertyNames') : undefined;
        if (nameRule !== undefined) must(check(nameRule, key).valid);
      }
      for (const keyword of ['dependencies', 'dependentRequired', 'dependentSchemas']) {
        const members = get(keyword);
        if (!isObject(members) || (keyword !== 'dependencies' && !isSince(dialect, '2019-09'))) continue;
        for (const [name, member] of Object.entries(members)) {
          if (!Object.hasOwn(object, name)) continue;
          if (Array.isArray(member)) for (const other of strings(member)) must(Object.hasOwn(object, other));
          else must(apply(member));
        }
      }
    }
    function combined(): void {
      const [all, any, one, not, test] = ['allOf', 'anyOf', 'oneOf', 'not', 'if'].map(get);
      if (Array.isArray(all)) for (const each of all as Json[]) must(apply(each));
      if (Array.isArray(any)) must((any as Json[]).map(apply).includes(true));
      if (Array.isArray(one)) must((one as Json[]).map(apply).filter(Boolean).length === 1);
      if (not !== undefined) must(!check(not, data).valid);
      if (test === undefined || !isSince(dialect, 'draft-07')) return;
      const then = get(apply(test) ? 'then' : 'else');
      if (then !== undefined) must(apply(then));
    }
    function unevaluatedItems(list: readonly Json[]): void {
      const rule = get('unevaluatedItems');
      if (rule === undefined) return;
      for (const [at, item] of list.entries()) {
        if (!items.has(at)) must(check(rule, item).valid);
        items.add(at);
      }
    }
    function unevaluatedProperties(object: JsonObject): void {
      const rule = get('unevaluatedProperties');
      if (rule === undefined) return;
      for (const [name, member] of Object.entries(object)) {
        if (!names.has(name)) must(check(rule, member).valid);
        names.add(name);
      }
    }
  }
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isOf(type: string, data: Json): boolean {
  switch (type) {
    case 'null':
      return data === null;
    case 'integer':
      return Number.isInteger(data);
    case 'array':
      return Array.isArray(data);
    case 'object':
      return isObject(data);
    default:
      return typeof data === type;
  }
}
