import type { ColumnDef, Constraint, Node } from 'libpg-query';
import { nameOfRange, type QualifiedName, stringsOf } from './name.ts';
import { type DataType, dataTypeOf } from './type-name.ts';

/** A column as defined by CREATE TABLE or ADD COLUMN. */
export interface Column {
  readonly name: string;
  readonly type: DataType;
  /** Said so, or implied by PRIMARY KEY, identity or serial. */
  readonly notNull: boolean;
  readonly default: Node | undefined;
  readonly identity: boolean;
  readonly generated: 'stored' | 'virtual' | undefined;
  /** CHECK, UNIQUE, PRIMARY KEY and REFERENCES written at the column; their `columns` is this column. */
  readonly constraints: readonly TableConstraint[];
  /** Byte offset in the file. */
  readonly at: number;
}

export interface TableConstraint {
  readonly kind: 'check' | 'not-null' | 'unique' | 'primary-key' | 'foreign-key' | 'exclusion';
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly notValid: boolean;
  /** `NOT ENFORCED`, PostgreSQL 18: nothing is checked, ever. */
  readonly enforced: boolean;
  readonly usingIndex: string | undefined;
  readonly references: QualifiedName | undefined;
  /** Condition of a CHECK. */
  readonly condition: Node | undefined;
  /** Byte offset in the file. */
  readonly at: number;
}

export function columnOf(definition: ColumnDef): Column {
  const name = definition.colname ?? '';
  const type = dataTypeOf(definition.typeName);
  const parts = (definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
  const has = (contype: Constraint['contype']) => parts.some((part) => part.contype === contype);
  const generated = parts.find((part) => part.contype === 'CONSTR_GENERATED');
  const identity = has('CONSTR_IDENTITY');
  return {
    name,
    type,
    notNull:
      definition.is_not_null === true ||
      has('CONSTR_NOTNULL') ||
      has('CONSTR_PRIMARY') ||
      identity ||
      type.name.endsWith('serial'),
    default: parts.find((part) => part.contype === 'CONSTR_DEFAULT')?.raw_expr ?? definition.raw_default,
    identity,
    // Before PostgreSQL 18 only STORED exists and must be written, so the parser never says `v` for older text.
    generated: generated === undefined ? undefined : generated.generated_kind === 'v' ? 'virtual' : 'stored',
    constraints: parts.flatMap((part) => {
      const constraint = constraintOf(part, name);
      return constraint === undefined || constraint.kind === 'not-null' ? [] : [constraint];
    }),
    at: definition.location ?? 0,
  };
}

const kinds: Readonly<Partial<Record<string, TableConstraint['kind']>>> = {
  CONSTR_CHECK: 'check',
  CONSTR_NOTNULL: 'not-null',
  CONSTR_UNIQUE: 'unique',
  CONSTR_PRIMARY: 'primary-key',
  CONSTR_FOREIGN: 'foreign-key',
  CONSTR_EXCLUSION: 'exclusion',
};

/** Undefined for what the parse tree calls a constraint and nobody else does: DEFAULT, NULL, identity, DEFERRABLE. */
export function constraintOf(constraint: Constraint, column?: string): TableConstraint | undefined {
  const kind = kinds[constraint.contype ?? ''];
  if (kind === undefined) return undefined;
  const listed = stringsOf(kind === 'foreign-key' ? constraint.fk_attrs : constraint.keys);
  return {
    kind,
    name: constraint.conname,
    columns: listed.length === 0 && column !== undefined ? [column] : listed,
    notValid: constraint.skip_validation === true,
    // Only CHECK and FOREIGN KEY can be NOT ENFORCED; the tree leaves the flag out for the others.
    enforced: constraint.is_enforced === true || (kind !== 'check' && kind !== 'foreign-key'),
    usingIndex: constraint.indexname,
    references: constraint.pktable === undefined ? undefined : nameOfRange(constraint.pktable),
    condition: constraint.raw_expr,
    at: constraint.location ?? 0,
  };
}
