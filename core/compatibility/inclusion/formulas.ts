import { canonicalJson } from '../../schema/canonical.ts';
import type { Json } from '../../schema/json.ts';
import type { Pointer } from '../../schema/pointer.ts';
import type { Atom, Formula } from './atom.ts';
import { Exhausted } from './budget.ts';
import { Algebra, type Expression } from './expression.ts';
import { type JsonType, maskOf } from './json-type.ts';
import { listKey } from './list-key.ts';
import type { Node, Schema } from './node.ts';
import { typesOf } from './node.ts';
import { formatRational, type Rational } from './rational.ts';
import { SchemaTable } from './schema-table.ts';
import { valuesConstraint } from './values-constraint.ts';

/** A hundred megabytes. The largest schemas of SchemaStore need a thousand. */
const maxExpressions = 60_000;

/** As many places of schemas, in all versions and edits of them, are kept together: some fifty megabytes. */
const mostPlaces = 150_000;

/** Makes formulas and nodes; one per workspace, so that everything made can be compared by identity. */
export class Formulas {
  readonly algebra: Algebra<Atom> = new Algebra<Atom>(() => this.grow(), mergeMembers);
  readonly nodes: Algebra<Schema> = new Algebra<Schema>(() => this.grow(), refuteByType);
  readonly schemas = new SchemaTable();
  private readonly slots = new Map<Node, Map<JsonType, Formula | 'open'>>();
  private made = 0;

  /** What a node asks of values of one type. */
  slot(node: Node, type: JsonType): Formula {
    if (node.kind === 'true') return this.algebra.true;
    if (node.kind === 'false' || (typesOf(node) & maskOf(type)) === 0) return this.algebra.false;
    const byType = this.slots.get(node) ?? new Map<JsonType, Formula | 'open'>();
    this.slots.set(node, byType);
    const known = byType.get(type);
    if (known === 'open') throw new Exhausted('a reference leads back to itself');
    if (known) return known;
    byType.set(type, 'open');
    try {
      const made = this.expand(node, type);
      byType.set(type, made);
      return made;
    } finally {
      if (byType.get(type) === 'open') byType.delete(type);
    }
  }

  private expand(node: Node, type: JsonType): Formula {
    switch (node.kind) {
      case 'true':
        return this.algebra.true;
      case 'false':
        return this.algebra.false;
      case 'leaf':
        return this.algebra.and(node.leaf.constraints().map((constraint) => constraint.formula(type, this)));
      case 'not':
        return this.algebra.not(this.slot(node.of, type));
      case 'and':
        return this.algebra.and(node.of.map((part) => this.slot(part, type)));
      case 'or':
        return this.algebra.or(node.of.map((part) => this.slot(part, type)));
      case 'one':
        return this.algebra.one(node.of.map((part) => this.slot(part, type)));
    }
  }

  member(values: Iterable<Json>): Formula {
    return this.memberOf(new Map([...values].map((value) => [canonicalJson(value), value])));
  }

  /** The same for values with their canonical texts. */
  memberOf(values: ReadonlyMap<string, Json>): Formula {
    return memberOf(this.algebra, values);
  }

  above(value: Rational, inclusive: boolean): Formula {
    return this.algebra.leaf({ key: `above ${formatRational(value)} ${inclusive}`, is: 'above', value, inclusive });
  }

  multiple(of: Rational): Formula {
    return this.algebra.leaf({ key: `multiple ${formatRational(of)}`, is: 'multiple', of });
  }

  long(min: number): Formula {
    if (min <= 0) return this.algebra.true;
    if (min === Number.POSITIVE_INFINITY) return this.algebra.false;
    return this.algebra.leaf({ key: `long ${min}`, is: 'long', min });
  }

  match(source: string): Formula {
    return this.algebra.leaf({ key: `match ${source}`, is: 'match', source });
  }

  format(name: string): Formula {
    return this.algebra.leaf({ key: `format ${name}`, is: 'format', name });
  }

  items(from: number, to: number, node: Node): Formula {
    if (node.kind === 'true' || from >= to) return this.algebra.true;
    if (node.kind === 'false') return this.algebra.not(this.long(from + 1));
    return this.algebra.leaf({ key: `items ${from} ${to} ${node.id}`, is: 'items', from, to, node });
  }

  count(min: number, node: Node): Formula {
    if (min <= 0) return this.algebra.true;
    if (node.kind === 'false') return this.algebra.false;
    if (node.kind === 'true') return this.long(min);
    if (min === 1) return this.algebra.not(this.items(0, Number.POSITIVE_INFINITY, this.nodes.not(node)));
    return this.algebra.leaf({ key: `count ${min} ${node.id}`, is: 'count', min, node });
  }

  unique(): Formula {
    return this.algebra.leaf({ key: 'unique', is: 'unique' });
  }

  property(name: string, node: Node): Formula {
    if (node.kind === 'true') return this.algebra.true;
    const key = `property ${JSON.stringify(name)} ${node.id}`;
    return this.algebra.leaf({ key, is: 'properties', names: this.member([name]), name, node });
  }

  properties(names: Formula, node: Node): Formula {
    if (node.kind === 'true' || names.kind === 'false') return this.algebra.true;
    if (names.kind === 'leaf' && names.leaf.is === 'member' && names.leaf.values.size === 1) {
      const [name] = names.leaf.values.values();
      if (typeof name === 'string') return this.property(name, node);
    }
    if (node.kind === 'false' && names.kind === 'true') return this.algebra.not(this.long(1));
    return this.algebra.leaf({ key: `properties ${names.id} ${node.id}`, is: 'properties', names, node });
  }

  present(name: string): Formula {
    return this.algebra.not(this.property(name, this.nodes.false));
  }

  opaque(key: string, reason: string, pointer: Pointer, test?: (text: string) => boolean | undefined): Formula {
    return this.algebra.leaf({ key: `opaque ${key}`, is: 'opaque', reason, pointer, ...(test ? { test } : {}) });
  }

  node(schema: Schema): Node {
    if (schema.types === 0) return this.nodes.false;
    return schema.key === '{}' ? this.nodes.true : this.nodes.leaf(schema);
  }

  /** The node of one value alone. */
  value(value: Json): Node {
    return this.values([value]);
  }

  /** Of a copy: what is made of a list is kept with it, and lists of values that were found still grow. */
  values(values: readonly Json[]): Node {
    return this.node(this.schemas.intern([valuesConstraint([...values])]));
  }

  get isCrowded(): boolean {
    return this.made > maxExpressions / 3 || this.schemas.places > mostPlaces;
  }

  private grow(): void {
    this.made += 1;
    if (this.made > maxExpressions) throw new Exhausted('the schemas need more memory than allowed');
  }
}

function memberOf(algebra: Algebra<Atom>, values: ReadonlyMap<string, Json>): Formula {
  if (values.size === 0) return algebra.false;
  return algebra.leaf({ key: `member ${listKey(values.keys())}`, is: 'member', values });
}

/** Two lists of values make one; a value that is refused leaves the list. */
function mergeMembers(parts: ReadonlySet<Formula>, algebra: Algebra<Atom>): Iterable<Formula> {
  let listed: ReadonlyMap<string, Json> | undefined;
  let lists = 0;
  const refused: ReadonlyMap<string, Json>[] = [];
  for (const part of parts) {
    if (part.kind === 'leaf' && part.leaf.is === 'member') {
      const { values } = part.leaf;
      listed = listed ? only(listed, (key) => values.has(key)) : values;
      lists += 1;
    } else if (part.kind === 'not' && part.of.kind === 'leaf' && part.of.leaf.is === 'member') {
      refused.push(part.of.leaf.values);
    }
  }
  if (!listed || (lists === 1 && refused.length === 0)) return parts;
  const left = only(listed, (key) => !refused.some((values) => values.has(key)));
  const others = [...parts].filter((part) => !isMember(part));
  return [...others, memberOf(algebra, left)];
}

function only(values: ReadonlyMap<string, Json>, isKept: (key: string) => boolean): ReadonlyMap<string, Json> {
  const kept = new Map<string, Json>();
  for (const [key, value] of values) if (isKept(key)) kept.set(key, value);
  return kept.size === values.size ? values : kept;
}

function isMember(part: Formula): boolean {
  const leaf = part.kind === 'not' ? part.of : part;
  return leaf.kind === 'leaf' && leaf.leaf.is === 'member';
}

/** Types, and the values of `enum` and `const`, often show at once that two schemas have nothing in common. */
function refuteByType(parts: ReadonlySet<Expression<Schema>>, algebra: Algebra<Schema>): Iterable<Expression<Schema>> {
  let mask = -1;
  let listed: readonly string[] | undefined;
  for (const part of parts) {
    mask &= typesOf(part);
    const values = part.kind === 'leaf' ? part.leaf.values : undefined;
    if (values) listed = listed ? listed.filter((key) => values.has(key)) : [...values.keys()];
  }
  return mask === 0 || listed?.length === 0 ? [algebra.false] : parts;
}
