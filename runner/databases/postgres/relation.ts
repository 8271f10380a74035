import { escapeIdentifier } from 'pg';

/** A table by its names, unquoted. */
export interface Relation {
  readonly schema: string;
  readonly name: string;
}

export function quoted(name: string): string {
  return escapeIdentifier(name);
}

/** `"schema"."name"`, for SQL. */
export function qualified({ schema, name }: Relation): string {
  return `${quoted(schema)}.${quoted(name)}`;
}
