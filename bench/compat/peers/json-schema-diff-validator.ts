import { AssertionError } from 'node:assert';
import { validateSchemaCompatibility } from 'json-schema-diff-validator';
import type { Answer, Peer } from '../tool.ts';

export const jsonSchemaDiffValidator: Peer = (row) => ({
  backward: compare(row.old, row.new),
  forward: compare(row.new, row.old),
});

function compare(old: unknown, next: unknown): Answer {
  try {
    validateSchemaCompatibility(old, next);
    return 'compatible';
  } catch (error) {
    return error instanceof AssertionError ? 'breaking' : 'none';
  }
}
