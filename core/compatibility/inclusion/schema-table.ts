import type { Json } from '../../schema/json.ts';
import { Exhausted } from './budget.ts';
import { everyType } from './json-type.ts';
import type { Constraint, Schema } from './node.ts';
import { typesConstraint } from './types-constraint.ts';

/** Different ones. A schema with ten thousand properties has about as many. */
const mostConstraints = 40_000;

/** Gives equal schemas one object. */
export class SchemaTable {
  private readonly byKey = new Map<string, Schema>();
  private readonly constraintIds = new Map<string, number>();
  private read = 0;

  /** How many places were read so far: what they say is kept, whether or not it was known before. */
  get places(): number {
    return this.read;
  }

  /** A schema that asks for all of the constraints. */
  intern(constraints: readonly Constraint[]): Schema {
    this.read += 1;
    const types = constraints.reduce((mask, constraint) => mask & (constraint.types ?? everyType), everyType);
    const others = constraints.filter((constraint) => !constraint.key.startsWith('types '));
    const listed = others.filter(({ values }) => values !== undefined);
    const free = types !== everyType && !listed.some((constraint) => (constraint.types ?? everyType) === types);
    const all = types === 0 ? [typesConstraint(0)] : free ? [...others, typesConstraint(types)] : others;
    const unique = new Map(all.map((constraint) => [this.idOf(constraint), constraint]));
    const isTypeOnly = all.every((constraint) => constraint.key.startsWith('types '));
    const key = `{${[...unique.keys()].sort((a, b) => a - b).join(',')}}`;
    const values = smallest(listed.flatMap(({ values }) => (values ? [values] : [])));
    return this.add(key, () => ({ types, isTypeOnly, values, constraints: () => [...unique.values()] }));
  }

  /** A schema that contains itself: known by its place among the others like it, read when it is needed. */
  recursive(key: string, read: () => readonly Constraint[]): Schema {
    let known: readonly Constraint[] | undefined;
    return this.add(key, () => ({
      types: everyType,
      isTypeOnly: false,
      values: undefined,
      constraints: () => (known ??= read()),
    }));
  }

  /** The same short text for the same long one. */
  shorten(text: string): string {
    return String(this.idOf({ key: `text ${text}` }));
  }

  private add(key: string, make: () => Omit<Schema, 'key' | 'id'>): Schema {
    const known = this.byKey.get(key);
    if (known) return known;
    const made: Schema = { key, id: this.byKey.size, ...make() };
    this.byKey.set(key, made);
    return made;
  }

  private idOf({ key }: Pick<Constraint, 'key'>): number {
    const known = this.constraintIds.get(key);
    if (known !== undefined) return known;
    const made = this.constraintIds.size;
    if (made >= mostConstraints) throw new Exhausted('the schemas need more memory than allowed');
    this.constraintIds.set(key, made);
    return made;
  }
}

function smallest(lists: readonly ReadonlyMap<string, Json>[]): ReadonlyMap<string, Json> | undefined {
  return [...lists].sort((a, b) => a.size - b.size)[0];
}
