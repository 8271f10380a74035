import type { ScanResult } from '../../core/impact/coverage.ts';
import type { Computed } from '../../core/impact/rehearsal.ts';
import { InputError } from '../../core/input-error.ts';
import type { Json } from '../../core/schema/json.ts';
import { ValidatorUnavailable } from '../../core/schema/validator-unavailable.ts';
import type { RecordsPlace } from '../database/place.ts';
import type { ComputedText } from './compute.ts';
import type { ReadLimits } from './read-records.ts';

/** Gets the records of a table one by one and makes something of them. */
export interface Surveyor<Result> {
  add(key: string, record: Json, block?: string, computed?: Computed): void;
  result(scan: ScanResult): Result;
}

interface Preparation<Result> {
  readonly start: () => Surveyor<Result>;
  /** Asks the database what becomes of each record, see `Preparation` of a rehearsal. */
  readonly toSql?: (document: string) => string;
}

/**
 * Shows the stored records of a schema to a surveyor. What keeps it from that, a database that cannot be reached above all, comes back as a
 * reason in words without secrets.
 * @param prepare a maker of surveyors: one that has begun may have to begin again
 */
export async function survey<Result>(
  place: RecordsPlace,
  limits: ReadLimits,
  prepare: () => Promise<Preparation<Result> | { readonly reason: string }>,
): Promise<Result | { readonly reason: string }> {
  if (limits.time <= 0) return { reason: 'the time for reading records was used up by other schemas' };
  const { describeScanFailure, readRecords } = await import('../database/ask.ts');
  try {
    const prepared = await prepare();
    if ('reason' in prepared) return prepared;
    let surveyor = prepared.start();
    const read = await readRecords(place, limits, {
      see: (key, document, block, computed) =>
        surveyor.add(key, JSON.parse(document) as Json, block, computed && recordOf(computed)),
      restart: () => (surveyor = prepared.start()),
      toSql: prepared.toSql,
    });
    return surveyor.result(read);
  } catch (error) {
    if (error instanceof ValidatorUnavailable) return { reason: 'ajv cannot judge by this schema' };
    const reason = describeScanFailure(error, place.target);
    if (reason === undefined && !(error instanceof InputError)) throw error;
    return { reason: reason ?? 'a version of the schema cannot be read' };
  }
}

function recordOf(computed: ComputedText): Computed {
  if ('problem' in computed) return computed;
  return { record: computed.text === null ? undefined : (JSON.parse(computed.text) as Json) };
}
