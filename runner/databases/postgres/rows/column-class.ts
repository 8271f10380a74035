import type { ColumnClass } from '../../../../core/migration/rows/column-class.ts';
import type { Kind } from '../../../../core/migration/rows/kinds.ts';
import type { RowProperty } from '../../../../core/migration/rows/row-schema.ts';

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
