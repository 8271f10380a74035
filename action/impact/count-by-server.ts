import { changesToCount, startCounting } from '../../core/impact/counter.ts';
import type { Impact } from '../../core/impact/impact.ts';
import { storedBundle } from '../../core/impact/stored-bundle.ts';
import { InputError } from '../../core/input-error.ts';
import type { SchemaReview } from '../../core/review/review.ts';
import type { Json } from '../../core/schema/json.ts';
import { ValidatorUnavailable } from '../../core/schema/validator-unavailable.ts';
import type { RecordsPlace } from '../database/place.ts';
import type { ReadLimits } from './read-records.ts';

/**
 * Counts the records of a large table where they are, if PostgreSQL can say just what ajv says about both versions. Undefined: it cannot, or
 * the table is small, or it takes too long; the records are to be read then.
 */
export async function countByServer(
  schema: SchemaReview,
  place: RecordsPlace,
  options: { readonly showValues: boolean },
  limits: ReadLimits,
): Promise<Impact | undefined> {
  if (limits.time <= 0) return undefined;
  const { countOnServer, describeScanFailure } = await import('../database/ask.ts');
  try {
    const versions = {
      old: await storedBundle(schema, 'old'),
      new: await storedBundle(schema, 'new'),
      formatAssertion: schema.set.formatAssertion,
    };
    const count = await countOnServer(place, versions, changesToCount(schema), limits);
    if (!count) return undefined;
    const counter = (await startCounting(schema, options))();
    let agreed = 0;
    for (const { key, document: text, fails } of count.judged) {
      counter.add(key, JSON.parse(text) as Json);
      agreed += fails ? 1 : 0;
      // Never a number that ajv contradicts.
      if (counter.result({ complete: false }).failing !== agreed) return undefined;
    }
    const { samples } = counter.result({ complete: false });
    const { records: scanned, failing, invalidBefore, byChange } = count;
    return { status: 'counted', complete: true, scanned, failing, invalidBefore, byChange, samples };
  } catch (error) {
    if (error instanceof InputError || error instanceof ValidatorUnavailable) return undefined;
    const reason = describeScanFailure(error, place.target);
    if (reason === undefined) throw error;
    return { status: 'unknown', reason };
  }
}
