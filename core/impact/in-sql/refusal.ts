import type { Violation } from '../../compatibility/verdict.ts';

/** One way in which a schema refuses a document, as ajv would report it, and the same as a question to PostgreSQL. */
export interface Refusal {
  /** Of the document: SQL that is true or false, never null. */
  readonly sql: string;
  /** Where in the document, with 0 for any item and `otherMember` for any member that nobody names. */
  readonly violation: Violation;
}

/** A part of a document on which a schema has something to say. */
export interface Part {
  /** SQL of type jsonb; null where the part is not there. */
  readonly sql: string;
  /** Pointer to it in the document. */
  readonly at: string;
}

/** True only where the part is there and of a type (as jsonb_typeof names them), and something holds of it. */
export function whereType(part: Part, type: string, condition: string): string {
  return `(CASE WHEN jsonb_typeof(${part.sql}) = '${type}' THEN ${condition} ELSE false END)`;
}
