import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Rehearsal } from '../../core/impact/rehearsal.ts';
import { prepareRehearsal } from '../../core/impact/rehearse.ts';
import { needsRunner } from '../../core/impact/rehearsed-operations.ts';
import type { Review } from '../../core/review/review.ts';
import { type DatabaseOptions, placeOfRecords } from '../database/place.ts';
import { survey } from './survey.ts';

/** Milliseconds for one schema, and for all of them. */
const longestEach = 15_000;
const longest = 40_000;

/**
 * Tries the migrations of a review on copies of stored records, by path of the schema. Writes nothing. Never throws for want of a database.
 * @param options.records how many are tried of each table; 0: none
 */
export async function rehearseMigrations(
  review: Review,
  configuration: Configuration,
  options: DatabaseOptions & { readonly showValues: boolean; readonly records: number },
): Promise<ReadonlyMap<string, Rehearsal>> {
  const end = performance.now() + longest;
  const rehearsals = new Map<string, Rehearsal>();
  for (const schema of review.schemas) {
    if (schema.migration.status !== 'given' || options.records === 0) continue;
    const limits = {
      whole: options.records,
      sample: options.records,
      time: Math.min(longestEach, end - performance.now()),
    };
    const place = placeOfRecords(schema, configuration, options);
    const rehearsed = schema.migration.hasScript
      ? { reason: needsRunner }
      : 'reason' in place
        ? place
        : await survey(place, limits, () => prepareRehearsal(schema, options));
    const areRows = 'properties' in place;
    rehearsals.set(
      schema.path,
      'status' in rehearsed
        ? { ...rehearsed, ...(areRows ? { areRows } : {}) }
        : { status: 'not-rehearsed', ...rehearsed },
    );
  }
  return rehearsals;
}
