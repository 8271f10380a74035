import { escapeIdentifier } from 'pg';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { changesToCount, startCounting } from '../../core/impact/counter.ts';
import type { Impact } from '../../core/impact/impact.ts';
import { storedBundle } from '../../core/impact/stored-bundle.ts';
import { InputError } from '../../core/input-error.ts';
import type { SchemaReview } from '../../core/review/review.ts';
import type { Json } from '../../core/schema/json.ts';
import { ValidatorUnavailable } from '../../core/schema/validator-unavailable.ts';
import { addressOf } from '../database/address.ts';
import type { ReadLimits } from './read-records.ts';
import { describeScanFailure, readOnly, relationOf } from './session.ts';
import type { DatabaseOptions } from './survey.ts';
import { readTableSize } from './table-size.ts';

/** Larger tables are not read through for a number, and would not be in time. Blocks have 8 KiB. */
const mostRows = 5_000_000;
const mostBlocks = 524_288;

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
    // Few runs come here: what asks PostgreSQL is found beside the bundle.
    const { countInTable, countQuery } = await import('./count-in-table.ts');
    const { formatAssertion } = schema.set;
    const versions = {
      old: await storedBundle(schema, 'old'),
      new: await storedBundle(schema, 'new'),
      formatAssertion,
    };
    const query = countQuery(versions, changesToCount(schema));
    if (!query) return undefined;
    const quoted = {
      relation: relationOf(target),
      key: escapeIdentifier(target.key),
      document: escapeIdentifier(document),
    };
    const count = await readOnly(address, async (client) => {
      const { rows, blocks } = (await readTableSize(client, target)) ?? {};
      const isWithin = rows !== undefined && rows > limits.whole && rows <= mostRows && (blocks ?? 0) <= mostBlocks;
      return isWithin ? countInTable(client, quoted, query, limits.time / 2) : undefined;
    });
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
    const reason = describeScanFailure(error, { ...target, document });
    if (reason === undefined) throw error;
    return { status: 'unknown', reason };
  }
}
