import type { Kind } from '../../../../core/migration/rows/kinds.ts';
import type { RowProperty } from '../../../../core/migration/rows/row-schema.ts';

/** How the values of a column are written in JSON, and read again. */
export type ColumnClass =
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'text'
  | 'enum'
  | 'document'
  | 'list'
  /** Text of a form of its own: date, time, interval, bytea, addresses. */
  | 'formed'
  | 'instant'
  | 'uuid';

const classes: Readonly<Record<string, ColumnClass>> = {
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'decimal',
  float4: 'decimal',
  float8: 'decimal',
  bool: 'boolean',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  jsonb: 'document',
  date: 'formed',
  time: 'formed',
  timetz: 'formed',
  timestamp: 'formed',
  interval: 'formed',
  bytea: 'formed',
  inet: 'formed',
  cidr: 'formed',
  macaddr: 'formed',
  timestamptz: 'instant',
  uuid: 'uuid',
};

/** Of a base type by its short name (`int8`; `_int8` is a list of them); undefined: its values may not survive JSON. */
export function classOf(base: string, isEnum: boolean): ColumnClass | undefined {
  if (isEnum) return 'enum';
  const own = Object.hasOwn(classes, base) ? classes[base] : undefined;
  if (own !== undefined || !base.startsWith('_')) return own;
  return Object.hasOwn(classes, base.slice(1)) ? 'list' : undefined;
}

/** The kinds of JSON values that a column of a class can hold. */
const held: { readonly [C in ColumnClass]: readonly Kind[] } = {
  integer: ['integer'],
  decimal: ['integer', 'fraction'],
  boolean: ['boolean'],
  text: ['string'],
  enum: ['string'],
  document: ['boolean', 'integer', 'fraction', 'string', 'array', 'object'],
  list: ['array'],
  formed: ['string'],
  instant: ['string'],
  uuid: ['string'],
};

export function holds(columnClass: ColumnClass, kinds: ReadonlySet<Kind>): boolean {
  return [...kinds].every((kind) => held[columnClass].includes(kind));
}

/** The column type for values of a property, where none is there that could hold them. */
export function typeFor({ kinds = new Set(), format }: RowProperty): { type: string; columnClass: ColumnClass } {
  const only = (...allowed: Kind[]) => kinds.size > 0 && [...kinds].every((kind) => allowed.includes(kind));
  if (only('integer')) return { type: 'bigint', columnClass: 'integer' };
  if (only('integer', 'fraction')) return { type: 'numeric', columnClass: 'decimal' };
  if (only('boolean')) return { type: 'boolean', columnClass: 'boolean' };
  if (!only('string')) return { type: 'jsonb', columnClass: 'document' };
  switch (format) {
    case 'date':
      return { type: 'date', columnClass: 'formed' };
    case 'date-time':
      return { type: 'timestamp with time zone', columnClass: 'instant' };
    case 'uuid':
      return { type: 'uuid', columnClass: 'uuid' };
    default:
      return { type: 'text', columnClass: 'text' };
  }
}
