import type { Configuration } from '../../core/configuration/configuration.ts';
import { changesToCount, startCounting } from '../../core/impact/counter.ts';
import type { Impact } from '../../core/impact/impact.ts';
import type { CountQuery } from '../../core/impact/in-sql/count-query.ts';
import { storedBundle } from '../../core/impact/stored-bundle.ts';
import { InputError } from '../../core/input-error.ts';
import type { SchemaReview } from '../../core/review/review.ts';
import type { Json } from '../../core/schema/json.ts';
import { ValidatorUnavailable } from '../../core/schema/validator-unavailable.ts';
import { addressOf } from '../database/address.ts';
import { countInDatabase } from './count-in-database.ts';
import type { ReadLimits } from './read-records.ts';
import { describeScanFailure } from './session.ts';
import type { DatabaseOptions } from './survey.ts';

/**
 * Counts the records of a large table where they are, if PostgreSQL can say just what ajv says about both versions. Undefined: it cannot, or
 * the table is small, or it takes too long; the records are to be read then.
 */
export async function countByServer(
  schema: SchemaReview,
  configuration: Configuration,
  options: DatabaseOptions & { readonly showValues: boolean },
  limits: ReadLimits,
): Promise<Impact | undefined> {
  const target = configuration.targets.get(schema.set.target ?? '');
  const document = target?.document;
  const address = target && addressOf(target.database, options.databaseUrl, options.environment);
  if (!target || document === undefined || address === undefined || limits.time <= 0) return undefined;
  try {
    const query = await queryOf(schema);
    if (!query) return undefined;
    const half = { whole: limits.whole, time: limits.time / 2 };
    const count = await countInDatabase(address, { ...target, document }, query, half);
    if (!count) return undefined;
    const counter = (await startCounting(schema, options))();
    let agreed = 0;
    for (const { key, document: text, fails } of count.judged) {
      counter.add(key, JSON.parse(text) as Json);
      agreed += fails ? 1 : 0;
    }
    const { failing: refused, samples } = counter.result({ complete: false });
    // Never a number that ajv contradicts.
    if (refused !== agreed) return undefined;
    const { records: scanned, failing, invalidBefore, byChange } = count;
    return { status: 'counted', complete: true, scanned, failing, invalidBefore, byChange, samples };
  } catch (error) {
    if (error instanceof InputError || error instanceof ValidatorUnavailable) return undefined;
    const reason = describeScanFailure(error, { ...target, document });
    if (reason === undefined) throw error;
    return { status: 'unknown', reason };
  }
}

/** Few runs come here: what makes the query is found beside the bundle. */
async function queryOf(schema: SchemaReview): Promise<CountQuery | undefined> {
  const { countQuery } = await import('../../core/impact/in-sql/count-query.ts');
  const { formatAssertion } = schema.set;
  const versions = { old: await storedBundle(schema, 'old'), new: await storedBundle(schema, 'new'), formatAssertion };
  return countQuery(versions, changesToCount(schema));
}
