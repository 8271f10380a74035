import type { Configuration } from '../../core/configuration/configuration.ts';
import { startCounting } from '../../core/impact/counter.ts';
import type { Impact } from '../../core/impact/impact.ts';
import type { Review, SchemaReview } from '../../core/review/review.ts';
import { type DatabaseOptions, placeOfRecords } from '../database/place.ts';
import { countByServer } from './count-by-server.ts';
import type { ReadLimits } from './read-records.ts';
import { survey } from './survey.ts';

/** Enough for most tables to be read whole within seconds; 20,000 records give a share of 10 % to within 0.4. */
const usual: ReadLimits = { whole: 200_000, sample: 20_000, time: 25_000 };

/** For all schemas of a pull request, in milliseconds. */
const longest = 60_000;

/** How many stored records each change of the review touches, by path of the schema. Never throws for want of a database. */
export async function countImpact(
  review: Review,
  configuration: Configuration,
  options: DatabaseOptions & { readonly showValues: boolean },
  limits = usual,
): Promise<ReadonlyMap<string, Impact>> {
  const end = performance.now() + longest;
  const impact = new Map<string, Impact>();
  for (const schema of review.schemas) {
    if (!touchesRecords(schema)) continue;
    const place = placeOfRecords(schema, configuration, options);
    const within = () => ({ ...limits, time: Math.min(limits.time, end - performance.now()) });
    const counted =
      'reason' in place
        ? place
        : ((await countByServer(schema, place, options, within())) ??
          (await survey(place, within(), async () => ({ start: await startCounting(schema, options) }))));
    impact.set(schema.path, 'status' in counted ? counted : { status: 'unknown', ...counted });
  }
  return impact;
}

/** Whether records that are valid now might not be, and a table is known that holds them. */
function touchesRecords({ comparison, set }: SchemaReview): boolean {
  return set.target !== undefined && comparison !== undefined && comparison.backward.verdict !== 'compatible';
}
