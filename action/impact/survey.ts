import type { Configuration } from '../../core/configuration/configuration.ts';
import type { ScanResult } from '../../core/impact/coverage.ts';
import { InputError } from '../../core/input-error.ts';
import type { SchemaReview } from '../../core/review/review.ts';
import type { Json } from '../../core/schema/json.ts';
import { ValidatorUnavailable } from '../../core/schema/validator-unavailable.ts';
import { addressOf, settingOf } from '../database/address.ts';
import { type ReadLimits, readRecords } from './read-records.ts';
import { describeScanFailure } from './session.ts';

export interface DatabaseOptions {
  readonly databaseUrl: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Gets the records of a table one by one and makes something of them. */
export interface Surveyor<Result> {
  add(key: string, record: Json, block?: string): void;
  result(scan: ScanResult): Result;
}

/**
 * Shows the stored records of a schema to a surveyor. What keeps it from that, a database that cannot be reached above all, comes back as a
 * reason in words without secrets.
 * @param prepare a maker of surveyors: one that has begun may have to begin again
 */
export async function survey<Result>(
  schema: SchemaReview,
  configuration: Configuration,
  options: DatabaseOptions,
  limits: ReadLimits,
  prepare: () => Promise<{ readonly start: () => Surveyor<Result> } | { readonly reason: string }>,
): Promise<Result | { readonly reason: string }> {
  const target = configuration.targets.get(schema.set.target ?? '');
  if (!target) return { reason: 'the schema has no target' };
  const { document: column } = target;
  if (column === undefined) return { reason: 'its records are rows of columns, which only a run reads' };
  const address = addressOf(target.database, options.databaseUrl, options.environment);
  if (address === undefined) {
    return {
      reason: `no address was given for the database \`${target.database}\`; ${settingOf(target.database)} gives it`,
    };
  }
  if (limits.time <= 0) return { reason: 'the time for reading records was used up by other schemas' };
  try {
    const prepared = await prepare();
    if ('reason' in prepared) return prepared;
    let surveyor = prepared.start();
    const read = await readRecords(
      address,
      { ...target, document: column },
      limits,
      (key, document, block) => surveyor.add(key, JSON.parse(document) as Json, block),
      () => (surveyor = prepared.start()),
    );
    return surveyor.result(read);
  } catch (error) {
    if (error instanceof ValidatorUnavailable) return { reason: 'ajv cannot judge by this schema' };
    const reason = describeScanFailure(error, target);
    if (reason === undefined && !(error instanceof InputError)) throw error;
    return { reason: reason ?? 'a version of the schema cannot be read' };
  }
}
