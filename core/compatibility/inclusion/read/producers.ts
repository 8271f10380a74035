import { ignoresReferenceSiblings } from '../../../schema/dialect.ts';
import { isObject, type Json, type JsonObject, own } from '../../../schema/json.ts';
import { compilePattern } from '../../../schema/pattern.ts';
import type { Formulas } from '../formulas.ts';
import { arrayConstraint } from '../keywords/array-constraint.ts';
import { objectConstraint } from '../keywords/object-constraint.ts';
import { otherNames } from '../keywords/other-names.ts';
import type { Constraint, Schema } from '../node.ts';
import type { ReferenceKeyword } from './follow.ts';
import { type Location, locationKey } from './location.ts';

export interface ProducerContext {
  readonly formulas: Formulas;
  /** Tells apart what is read from different bundles. */
  readonly name: string;
  inside(location: Location, ...path: (string | number)[]): Location;
  follow(location: Location, keyword: ReferenceKeyword, reference: string): Location | undefined;
}

/** What all schemas that apply to the same value declare together. */
interface Declared {
  readonly names: Map<string, Location[]>;
  readonly patterns: Map<string, Location[]>;
  /** Schemas of all other properties, where they are more than a permission. */
  readonly others: Location[];
  readonly items: Location[];
  isOpen: boolean;
}

/**
 * What writers do that emit declared properties only: wherever properties are declared, by whichever of the schemas that apply
 * there, no others appear. Maps (`additionalProperties` with a schema that says something) and objects without any declared
 * property stay as they are. This is a schema of its own, to be asked for besides the one it is made from.
 */
export function producersOf(locations: readonly Location[], context: ProducerContext): Schema {
  const key = `producers ${context.name} ${locations.map(locationKey).sort().join(' ')}`;
  return context.formulas.schemas.recursive(key, () => constraintsOf(declaredBy(locations, context), context));
}

function constraintsOf(declared: Declared, context: ProducerContext): Constraint[] {
  const { formulas } = context;
  const names = [...declared.names.keys()];
  const patterns = [...declared.patterns.keys()];
  const found: Constraint[] = [];
  const inner = (locations: readonly Location[]) => formulas.node(producersOf(locations, context));
  const isMap = declared.others.length > 0;
  if (names.length + patterns.length > 0 && !isMap && !declared.isOpen) {
    found.push(
      objectConstraint('closed', () =>
        formulas.properties(otherNames(names, patterns, formulas), formulas.nodes.false),
      ),
    );
  }
  for (const [name, locations] of declared.names) {
    const like = [...declared.patterns].flatMap(([source, more]) => (compilePattern(source)?.test(name) ? more : []));
    found.push(objectConstraint(`closed at ${name}`, () => formulas.property(name, inner([...locations, ...like]))));
  }
  for (const [source, locations] of declared.patterns) {
    found.push(
      objectConstraint(`closed like ${source}`, () => formulas.properties(formulas.match(source), inner(locations))),
    );
  }
  if (isMap) {
    found.push(
      objectConstraint('closed others', () =>
        formulas.properties(otherNames(names, patterns, formulas), inner(declared.others)),
      ),
    );
  }
  if (declared.items.length > 0) {
    found.push(
      arrayConstraint('closed items', () => formulas.items(0, Number.POSITIVE_INFINITY, inner(declared.items))),
    );
  }
  return found;
}

function declaredBy(locations: readonly Location[], context: ProducerContext): Declared {
  const declared: Declared = { names: new Map(), patterns: new Map(), others: [], items: [], isOpen: false };
  const seen = new Set<string>();
  const left = [...locations];
  for (let next = left.pop(); next; next = left.pop()) {
    const key = locationKey(next);
    if (seen.has(key) || !isObject(next.value)) continue;
    seen.add(key);
    left.push(...sameValue(next, next.value, declared, context));
    if (ignoresReferenceSiblings(next.document.dialect) && typeof own(next.value, '$ref') === 'string') continue;
    declare(next, next.value, declared, context);
  }
  return declared;
}

function declare(location: Location, schema: JsonObject, declared: Declared, context: ProducerContext): void {
  for (const name of members(schema, 'properties'))
    add(declared.names, name, [context.inside(location, 'properties', name)]);
  for (const source of members(schema, 'patternProperties'))
    add(declared.patterns, source, [context.inside(location, 'patternProperties', source)]);
  const required = own(schema, 'required');
  if (Array.isArray(required)) for (const name of required) add(declared.names, String(name), []);
  for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
    if (saysSomething(own(schema, keyword))) declared.others.push(context.inside(location, keyword));
  }
  const values = [own(schema, 'const'), ...list(schema, 'enum')];
  // Written out, whatever they hold.
  if (values.some(isObject)) declared.isOpen = true;
  for (const keyword of ['items', 'additionalItems', 'unevaluatedItems', 'contains']) {
    if (isObject(own(schema, keyword))) declared.items.push(context.inside(location, keyword));
  }
  for (const keyword of ['items', 'prefixItems']) {
    for (const at of list(schema, keyword).keys()) declared.items.push(context.inside(location, keyword, at));
  }
}

/** The schemas that apply to the same value. A reference that leads nowhere may declare anything. */
function sameValue(location: Location, schema: JsonObject, declared: Declared, context: ProducerContext): Location[] {
  const found: Location[] = [];
  for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef'] as const) {
    const reference = own(schema, keyword);
    if (typeof reference !== 'string') continue;
    const target = context.follow(location, keyword, reference);
    if (target) found.push(target);
    else declared.isOpen = true;
  }
  if (ignoresReferenceSiblings(location.document.dialect) && found.length > 0) return found;
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    for (const at of list(schema, keyword).keys()) found.push(context.inside(location, keyword, at));
  }
  for (const keyword of ['if', 'then', 'else'])
    if (isObject(own(schema, keyword))) found.push(context.inside(location, keyword));
  for (const keyword of ['dependentSchemas', 'dependencies', 'dependentRequired']) {
    const dependents = own(schema, keyword);
    if (!isObject(dependents)) continue;
    for (const [name, member] of Object.entries(dependents)) {
      add(declared.names, name, []);
      if (Array.isArray(member)) for (const other of member) add(declared.names, String(other), []);
      else found.push(context.inside(location, keyword, name));
    }
  }
  return found;
}

function saysSomething(schema: Json | undefined): boolean {
  return isObject(schema) && Object.keys(schema).length > 0;
}

function add(into: Map<string, Location[]>, name: string, locations: readonly Location[]): void {
  into.set(name, [...(into.get(name) ?? []), ...locations]);
}

function members(schema: JsonObject, keyword: string): string[] {
  const value = own(schema, keyword);
  return isObject(value) ? Object.keys(value) : [];
}

function list(schema: JsonObject, keyword: string): readonly Json[] {
  const value = own(schema, keyword);
  return Array.isArray(value) ? value : [];
}
