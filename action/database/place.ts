import type { Configuration, Target } from '../../core/configuration/configuration.ts';
import { InputError } from '../../core/input-error.ts';
import { type RowProperties, readRowSchema } from '../../core/migration/rows/row-schema.ts';
import type { SchemaReview } from '../../core/review/review.ts';
import { parseSchema } from '../../core/schema/parse.ts';
import { addressOf, settingOf } from './address.ts';

/** The addresses that a step was given; secrets. */
export interface DatabaseOptions {
  readonly databaseUrl: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where the records of a schema are. */
export interface RecordsPlace {
  /** Of the database; a secret. */
  readonly address: string;
  readonly target: Target;
  /** Where the columns are the properties: those of the version that the rows have now. */
  readonly properties?: RowProperties;
}

/** Where the records of a schema are to be read, or why they cannot be, in words without secrets. */
export function placeOfRecords(
  schema: SchemaReview,
  { targets }: Configuration,
  { databaseUrl, environment }: DatabaseOptions,
): RecordsPlace | { readonly reason: string } {
  const target = targets.get(schema.set.target ?? '');
  if (!target) return { reason: 'the schema has no target' };
  const address = addressOf(target.database, databaseUrl, environment);
  if (address === undefined) {
    return {
      reason: `no address was given for the database \`${target.database}\`; ${settingOf(target.database)} gives it`,
    };
  }
  if (target.document !== undefined) return { address, target };
  const properties = propertiesOf(schema);
  return 'reason' in properties ? properties : { address, target, ...properties };
}

function propertiesOf({
  path,
  previousPath,
  oldText,
}: SchemaReview): { readonly properties: RowProperties } | { readonly reason: string } {
  try {
    const read = readRowSchema(parseSchema({ path: previousPath ?? path, text: oldText ?? '' }).value);
    return 'properties' in read
      ? { properties: read.properties }
      : { reason: `its records are rows, and in the old version ${read.problems.join(', ')}` };
  } catch (error) {
    if (error instanceof InputError) return { reason: 'the old version of the schema cannot be read' };
    throw error;
  }
}
