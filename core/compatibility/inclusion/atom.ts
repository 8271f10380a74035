import type { Json } from '../../schema/json.ts';
import type { Pointer } from '../../schema/pointer.ts';
import type { Expression } from './expression.ts';
import type { Node } from './node.ts';
import type { Rational } from './rational.ts';

/** One thing that can be asked of a value whose type is known. What is true of other types never comes up here. */
export type Atom = { readonly key: string } & AtomContent;

type AtomContent =
  /** Is one of these values, by canonical text. */
  | { readonly is: 'member'; readonly values: ReadonlyMap<string, Json> }
  /** A number above `value`, or at it when inclusive. */
  | { readonly is: 'above'; readonly value: Rational; readonly inclusive: boolean }
  | { readonly is: 'multiple'; readonly of: Rational }
  /** At least `min` characters, items or properties. */
  | { readonly is: 'long'; readonly min: number }
  | { readonly is: 'match'; readonly source: string }
  | { readonly is: 'format'; readonly name: string }
  /** Every item from index `from` up to but not including `to`, as far as there are any. */
  | { readonly is: 'items'; readonly from: number; readonly to: number; readonly node: Node }
  /** At least `min` items that satisfy the node; `min` > 1. */
  | { readonly is: 'count'; readonly min: number; readonly node: Node }
  | { readonly is: 'unique' }
  /** Every property whose name satisfies `names` has a value that satisfies the node. */
  | { readonly is: 'properties'; readonly names: Formula; readonly name?: string; readonly node: Node }
  /** Not understood: only equal to itself. */
  | {
      readonly is: 'opaque';
      readonly reason: string;
      readonly pointer: Pointer;
      readonly test?: (text: string) => boolean | undefined;
    };

/** What a schema asks of the values of one type. */
export type Formula = Expression<Atom>;
