import { isStorable, quoteText } from '../../migration/sql-literal.ts';
import { ignoresReferenceSiblings } from '../../schema/dialect.ts';
import type { SchemaBundle, SchemaDocument } from '../../schema/document.ts';
import { isObject, type Json, type JsonObject, own } from '../../schema/json.ts';
import { keywordsOf } from '../../schema/keywords.ts';
import { appendPointer, type Pointer } from '../../schema/pointer.ts';
import { resolveReference } from '../../schema/references.ts';
import { refusedBy } from './assertions.ts';
import { type Part, type Refusal, whereType } from './refusal.ts';

interface Place {
  readonly document: SchemaDocument;
  readonly pointer: Pointer;
  readonly value: Json;
}

/** More would be slower than reading the records, and longer than a statement should be. */
const mostRefusals = 150;
const mostCharacters = 150_000;
const mostSchemas = 2_000;
const deepest = 12;

/**
 * All the ways in which a schema refuses a document. Undefined when PostgreSQL cannot say just what ajv says: about a keyword that is not
 * among those below, a reference that leads round in a circle or nowhere, or numbers that JavaScript has rounded.
 * @param options.names members that violations are wanted of one by one, although the schema does not name them
 * @param document SQL of type jsonb
 */
export function refusalsOf(
  bundle: SchemaBundle,
  options: { readonly formatAssertion: boolean; readonly names: ReadonlySet<string> },
  document: string,
): readonly Refusal[] | undefined {
  const otherMember = nameBeside(options.names);
  const { root } = bundle;
  let isExact = true;
  let looked = 0;
  const found = ofSchema({ document: root, pointer: '', value: root.value }, { sql: document, at: '' }, 0);
  return isExact && found.length <= mostRefusals ? found : undefined;

  function inexact(): Refusal[] {
    isExact = false;
    return [];
  }

  function ofSchema(place: Place, part: Part, depth: number): Refusal[] {
    const { value } = place;
    looked += 1;
    if (!isExact || value === true) return [];
    if (looked > mostSchemas) return inexact();
    if (value === false) return [{ sql: `(${part.sql} IS NOT NULL)`, violation: violationOf(part, 'false schema') }];
    if (!isObject(value) || depth > deepest || place.document.inexactNumbers.length > 0) return inexact();
    const reference = own(value, '$ref');
    const isHidden = reference !== undefined && ignoresReferenceSiblings(place.document.dialect);
    const keywords = isHidden ? ['$ref'] : Object.keys(value);
    const refused = keywords.flatMap((keyword) => ofKeyword(keyword, value, place, part, depth));
    return checked(refused);
  }

  /** What stands in one another multiplies. */
  function checked(refused: Refusal[]): Refusal[] {
    const characters = refused.reduce((sum, { sql }) => sum + sql.length, 0);
    return refused.length > mostRefusals || characters > mostCharacters ? inexact() : refused;
  }

  function ofKeyword(keyword: string, schema: JsonObject, place: Place, part: Part, depth: number): Refusal[] {
    const role = keywordsOf(place.document.dialect).get(keyword)?.role;
    if (role === undefined || role === 'annotation' || role === 'definitions' || role === 'identity') return [];
    const value = own(schema, keyword) ?? null;
    const inner = (...segments: (string | number)[]): Pointer => appendPointer(place.pointer, keyword, ...segments);
    switch (keyword) {
      case 'format':
        return options.formatAssertion ? inexact() : [];
      case '$ref': {
        const target =
          typeof value === 'string' ? resolveReference(bundle, place.document, place.pointer, value) : undefined;
        return target ? ofSchema(target, part, depth + 1) : inexact();
      }
      case 'required':
        return Array.isArray(value) ? value.flatMap((name: Json) => missing(name, part)) : inexact();
      case 'properties':
        if (!isObject(value)) return inexact();
        return Object.entries(value).flatMap(([name, member]) =>
          isPlain(name)
            ? ofSchema({ ...place, pointer: inner(name), value: member }, memberOf(part, name), depth + 1)
            : inexact(),
        );
      case 'additionalProperties':
        return ofOthers(schema, { ...place, pointer: inner(), value }, part, depth);
      case 'items':
        // A list of schemas is a tuple, and behind `prefixItems` the items are those that follow.
        if (Array.isArray(value) || own(schema, 'prefixItems') !== undefined) return inexact();
        return ofItems({ ...place, pointer: inner(), value }, part, depth);
      case 'allOf':
        if (!Array.isArray(value)) return inexact();
        return value.flatMap((each: Json, at) => ofSchema({ ...place, pointer: inner(at), value: each }, part, depth));
      case 'anyOf':
        if (!Array.isArray(value)) return inexact();
        return ofAlternatives(
          value.map((each: Json, at) => ofSchema({ ...place, pointer: inner(at), value: each }, part, depth + 1)),
          part,
        );
      default: {
        const sql = refusedBy(keyword, value, part);
        return sql === undefined ? inexact() : [{ sql, violation: violationOf(part, keyword) }];
      }
    }
  }

  function missing(name: Json, part: Part): Refusal[] {
    if (typeof name !== 'string' || !isPlain(name)) return inexact();
    const sql = whereType(part, 'object', `NOT (${part.sql} ? ${quoteText(name)})`);
    return [{ sql, violation: violationOf(part, 'required', name) }];
  }

  /** Members that `properties` does not name: those of `names` one by one, and all others together. */
  function ofOthers(schema: JsonObject, place: Place, part: Part, depth: number): Refusal[] {
    if (own(schema, 'patternProperties') !== undefined) return inexact();
    const properties = own(schema, 'properties');
    const named = isObject(properties) ? Object.keys(properties) : [];
    const single = [...options.names].filter((name) => !named.includes(name));
    if (![...named, ...single].every(isPlain)) return inexact();
    const others = [...named, ...single].map(quoteText);
    const isOther = others.length === 0 ? 'true' : `member.key NOT IN (${others.join(', ')})`;
    if (place.value === false) {
      const kept = others.length === 0 ? part.sql : `(${part.sql} - ARRAY[${others.join(', ')}])`;
      return [
        ...single.map((name) => ({
          sql: whereType(part, 'object', `${part.sql} ? ${quoteText(name)}`),
          violation: violationOf(part, 'additionalProperties', name),
        })),
        {
          sql: whereType(part, 'object', `${kept} <> '{}'::jsonb`),
          violation: violationOf(part, 'additionalProperties', otherMember),
        },
      ];
    }
    const value = `m${depth}`;
    const inside = ofSchema(place, { sql: value, at: appendPointer(part.at, otherMember) }, depth + 1);
    const members = `jsonb_each(CASE WHEN jsonb_typeof(${part.sql}) = 'object' THEN ${part.sql} END) AS member(key, ${value})`;
    return [
      ...single.flatMap((name) => ofSchema(place, memberOf(part, name), depth + 1)),
      ...inside.map(({ sql, violation }) => ({
        sql: `EXISTS (SELECT 1 FROM ${members} WHERE ${isOther} AND ${sql})`,
        violation,
      })),
    ];
  }

  /** Where no alternative fits, ajv reports what each of them refuses. */
  function ofAlternatives(alternatives: readonly (readonly Refusal[])[], part: Part): Refusal[] {
    if (alternatives.some((refusals) => refusals.length === 0)) return [];
    const none = alternatives.map((refusals) => anyOf(refusals.map(({ sql }) => sql))).join(' AND ');
    const refused = alternatives.flat();
    if (none.length * (refused.length + 1) > mostCharacters) return inexact();
    return [
      { sql: `(${none})`, violation: violationOf(part, 'anyOf') },
      ...refused.map(({ sql, violation }) => ({ sql: `(${sql} AND ${none})`, violation })),
    ];
  }

  function ofItems(place: Place, part: Part, depth: number): Refusal[] {
    const item = `e${depth}`;
    const inside = ofSchema(place, { sql: item, at: appendPointer(part.at, 0) }, depth + 1);
    const items = `jsonb_array_elements(CASE WHEN jsonb_typeof(${part.sql}) = 'array' THEN ${part.sql} END) AS item(${item})`;
    return inside.map(({ sql, violation }) => ({ sql: `EXISTS (SELECT 1 FROM ${items} WHERE ${sql})`, violation }));
  }
}

/** SQL that is true where one of the conditions is. */
export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}

function violationOf({ at }: Part, keyword: string, member?: string): Refusal['violation'] {
  return { at, message: '', keyword, ...(member === undefined ? {} : { member }) };
}

function memberOf({ sql, at }: Part, name: string): Part {
  return { sql: `(${sql} -> ${quoteText(name)})`, at: appendPointer(at, name) };
}

/** Names that ajv and jsonb treat as any other. */
function isPlain(name: string): boolean {
  return name !== '__proto__' && isStorable(name);
}

function nameBeside(names: ReadonlySet<string>): string {
  let name = 'other';
  while (names.has(name)) name += '-';
  return name;
}
