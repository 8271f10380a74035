import type { Configuration, Target } from '../../core/configuration/configuration.ts';
import type { SchemaReview } from '../../core/review/review.ts';
import { addressOf, settingOf } from './address.ts';

/** The addresses that a step was given; secrets. */
export interface DatabaseOptions {
  readonly databaseUrl: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A target whose records are in one column. */
export type DocumentTarget = Target & { readonly document: string };

/** Where the records of a schema are. */
export interface RecordsPlace {
  /** Of the database; a secret. */
  readonly address: string;
  readonly target: DocumentTarget;
}

/** Where the records of a schema are to be read, or why they cannot be, in words without secrets. */
export function placeOfRecords(
  { set }: SchemaReview,
  { targets }: Configuration,
  { databaseUrl, environment }: DatabaseOptions,
): RecordsPlace | { readonly reason: string } {
  const target = targets.get(set.target ?? '');
  if (!target) return { reason: 'the schema has no target' };
  const { document, database } = target;
  if (document === undefined) return { reason: 'its records are rows of columns, which only a run reads' };
  const address = addressOf(database, databaseUrl, environment);
  if (address === undefined) {
    return { reason: `no address was given for the database \`${database}\`; ${settingOf(database)} gives it` };
  }
  return { address, target: { ...target, document } };
}
