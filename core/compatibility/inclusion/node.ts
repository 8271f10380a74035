import type { Json } from '../../schema/json.ts';
import type { Formula } from './atom.ts';
import type { Expression } from './expression.ts';
import type { Formulas } from './formulas.ts';
import { everyType, type JsonType, type TypeMask } from './json-type.ts';

/** One assertion of a schema, in a form that all dialects share. */
export interface Constraint {
  /** Equal keys mean equal assertions, whatever schema they come from. */
  readonly key: string;
  /** Types that the assertion leaves; absent: all. */
  readonly types?: TypeMask;
  /** All values that it leaves, by canonical text, where it lists them. */
  readonly values?: ReadonlyMap<string, Json>;
  /** What it asks of values of one type. */
  formula(type: JsonType, formulas: Formulas): Formula;
}

/** A schema as a set of constraints. Interned in a workspace: equal schemas are the same object. */
export interface Schema {
  readonly key: string;
  readonly id: number;
  readonly types: TypeMask;
  /** It asks for nothing but the types. */
  readonly isTypeOnly: boolean;
  /** All values that it can have, where a constraint lists them. */
  readonly values: ReadonlyMap<string, Json> | undefined;
  /** Read when first needed where the schema contains itself. */
  constraints(): readonly Constraint[];
}

/** A Boolean combination of schemas: what is asked of one value. */
export type Node = Expression<Schema>;

/** Types that a value of this node can have; more than needed, never fewer. */
export function typesOf(node: Node): TypeMask {
  switch (node.kind) {
    case 'true':
      return everyType;
    case 'false':
      return 0;
    case 'leaf':
      return node.leaf.types;
    case 'not':
      return node.of.kind === 'leaf' && node.of.leaf.isTypeOnly ? everyType & ~node.of.leaf.types : everyType;
    case 'one':
      return everyType;
    case 'and':
      return node.of.reduce((mask, part) => mask & typesOf(part), everyType);
    case 'or':
      return node.of.reduce((mask, part) => mask | typesOf(part), 0);
  }
}
