import type { Configuration, Target } from '../../core/configuration/configuration.ts';
import { startCounting } from '../../core/impact/counter.ts';
import type { Impact } from '../../core/impact/impact.ts';
import { InputError } from '../../core/input-error.ts';
import type { Review, SchemaReview } from '../../core/review/review.ts';
import type { Json } from '../../core/schema/json.ts';
import { ValidatorUnavailable } from '../../core/schema/validator-unavailable.ts';
import { addressOf } from '../database/address.ts';
import { type ReadLimits, readRecords } from './read-records.ts';
import { describeScanFailure } from './session.ts';

/** Enough for most tables to be read whole within seconds; 20,000 records give a share of 10 % to within 0.4. */
const limits: ReadLimits = { whole: 200_000, sample: 20_000, time: 25_000 };

/** For all schemas of a pull request, in milliseconds. */
const longest = 60_000;

export interface ImpactOptions {
  readonly databaseUrl: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly showValues: boolean;
  /** Instead of the usual ones. */
  readonly limits?: ReadLimits;
}

/** How many stored records each change of the review touches, by path of the schema. Never throws for want of a database. */
export async function countImpact(
  review: Review,
  configuration: Configuration,
  options: ImpactOptions,
): Promise<ReadonlyMap<string, Impact>> {
  const end = performance.now() + longest;
  const impact = new Map<string, Impact>();
  for (const schema of review.schemas) {
    if (!touchesRecords(schema)) continue;
    impact.set(schema.path, await impactOf(schema, configuration, options, end - performance.now()));
  }
  return impact;
}

/** Whether records that are valid now might not be, and a table is known that holds them. */
function touchesRecords({ comparison, set }: SchemaReview): boolean {
  return set.target !== undefined && comparison !== undefined && comparison.backward.verdict !== 'compatible';
}

async function impactOf(
  schema: SchemaReview,
  configuration: Configuration,
  options: ImpactOptions,
  left: number,
): Promise<Impact> {
  const target = configuration.targets.get(schema.set.target ?? '');
  if (!target) return { status: 'unknown', reason: 'the schema has no target' };
  const address = addressOf(target.database, options.databaseUrl, options.environment);
  if (address === undefined)
    return { status: 'unknown', reason: `no address was given for the database \`${target.database}\`` };
  if (left <= 0) return { status: 'unknown', reason: 'the time for counting was used up by other schemas' };
  try {
    const { time, ...rest } = options.limits ?? limits;
    return await count(schema, target, address, { ...rest, time: Math.min(time, left) }, options);
  } catch (error) {
    const reason =
      error instanceof ValidatorUnavailable ? 'ajv cannot judge by this schema' : describeScanFailure(error, target);
    if (reason === undefined && !(error instanceof InputError)) throw error;
    return { status: 'unknown', reason: reason ?? 'a version of the schema cannot be read' };
  }
}

async function count(
  schema: SchemaReview,
  target: Target,
  address: string,
  within: ReadLimits,
  options: { readonly showValues: boolean },
): Promise<Impact> {
  const start = await startCounting(schema, options);
  let counter = start();
  const read = await readRecords(
    address,
    target,
    within,
    (key, document, block) => counter.add(key, JSON.parse(document) as Json, block),
    () => (counter = start()),
  );
  return counter.result(read);
}
