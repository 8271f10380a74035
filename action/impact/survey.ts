import type { ScanResult } from '../../core/impact/coverage.ts';
import { InputError } from '../../core/input-error.ts';
import type { Json } from '../../core/schema/json.ts';
import { ValidatorUnavailable } from '../../core/schema/validator-unavailable.ts';
import type { RecordsPlace } from '../database/place.ts';
import type { ReadLimits } from './read-records.ts';

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
  { address, target }: RecordsPlace,
  limits: ReadLimits,
  prepare: () => Promise<{ readonly start: () => Surveyor<Result> } | { readonly reason: string }>,
): Promise<Result | { readonly reason: string }> {
  if (limits.time <= 0) return { reason: 'the time for reading records was used up by other schemas' };
  const { describeScanFailure, readRecords } = await import('../database/ask.ts');
  try {
    const prepared = await prepare();
    if ('reason' in prepared) return prepared;
    let surveyor = prepared.start();
    const read = await readRecords(
      address,
      target,
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
