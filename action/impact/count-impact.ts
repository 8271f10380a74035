import type { Configuration } from '../../core/configuration/configuration.ts';
import { startCounting } from '../../core/impact/counter.ts';
import type { Impact } from '../../core/impact/impact.ts';
import { InputError } from '../../core/input-error.ts';
import type { Review, SchemaReview } from '../../core/review/review.ts';
import type { Json } from '../../core/schema/json.ts';
import { ValidatorUnavailable } from '../../core/schema/validator-unavailable.ts';
import { addressOf } from '../database/address.ts';
import { describeScanFailure, type ScanLimits, scanRecords } from './postgres.ts';

/** Enough for most tables, and read within seconds. */
const limits: ScanLimits = { records: 200_000, time: 25_000 };

export interface ImpactOptions {
  readonly databaseUrl: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly showValues: boolean;
}

/** How many stored records each change of the review touches, by path of the schema. Never throws for want of a database. */
export async function countImpact(
  review: Review,
  configuration: Configuration,
  options: ImpactOptions,
): Promise<ReadonlyMap<string, Impact>> {
  const impact = new Map<string, Impact>();
  for (const schema of review.schemas) {
    if (!touchesRecords(schema)) continue;
    impact.set(schema.path, await impactOf(schema, configuration, options));
  }
  return impact;
}

/** Whether records that are valid now might not be, and a table is known that holds them. */
function touchesRecords({ comparison, set }: SchemaReview): boolean {
  return set.target !== undefined && comparison !== undefined && comparison.backward.verdict !== 'compatible';
}

async function impactOf(schema: SchemaReview, configuration: Configuration, options: ImpactOptions): Promise<Impact> {
  const target = configuration.targets.get(schema.set.target ?? '');
  if (!target) return { status: 'unknown', reason: 'the schema has no target' };
  const address = addressOf(target.database, options.databaseUrl, options.environment);
  if (address === undefined)
    return { status: 'unknown', reason: `no address was given for the database \`${target.database}\`` };
  try {
    const counter = await startCounting(schema, options);
    const complete = await scanRecords(address, target, limits, (key, document) =>
      counter.add(key, JSON.parse(document) as Json),
    );
    return counter.result(complete);
  } catch (error) {
    const reason =
      error instanceof ValidatorUnavailable ? 'ajv cannot judge by this schema' : describeScanFailure(error, target);
    if (reason === undefined && !(error instanceof InputError)) throw error;
    return { status: 'unknown', reason: reason ?? 'a version of the schema cannot be read' };
  }
}
