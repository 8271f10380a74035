import type { Violation } from '../compatibility/verdict.ts';
import { ConversionError } from '../migration/conversion-error.ts';
import type { Operation } from '../migration/operation.ts';
import { parseMigration } from '../migration/parse-migration.ts';
import { applyTransform } from '../migration/transform.ts';
import { Unread } from '../migration/unread.ts';
import type { SchemaReview } from '../review/review.ts';
import type { Json } from '../schema/json.ts';
import { type Validator, validatorFor } from '../schema/validator.ts';
import { type ScanResult, trackCoverage } from './coverage.ts';
import type { FailingRecord } from './impact.ts';
import type { Example, Rehearsed } from './rehearsal.ts';
import { shapeDifferences } from './shape-difference.ts';
import { storedBundle } from './stored-bundle.ts';

const mostFailures = 5;
const mostExamples = 3;
const longestKey = 200;

export interface Rehearser {
  /** @param block see `Counter` */
  add(key: string, record: Json, block?: string): void;
  result(scan: ScanResult): Rehearsed;
}

/**
 * Prepares to try the migration of a reviewed schema on stored records; `start` begins, again whenever it is called. Only what the
 * operations do themselves can be tried: SQL expressions and scripts are run by the runner and by nobody else.
 * Throws `InputError` or `ValidatorUnavailable` when a version cannot be used to validate.
 */
export async function prepareRehearsal(
  schema: SchemaReview,
  options: { readonly showValues: boolean },
): Promise<{ readonly start: () => Rehearser } | { readonly reason: string }> {
  const operations = operationsOf(schema);
  if ('reason' in operations) return operations;
  const { formatAssertion } = schema.set;
  const isNew = validatorFor(await storedBundle(schema, 'new'), { formatAssertion, allErrors: true });
  const isOld = validatorFor(await storedBundle(schema, 'old'), { formatAssertion });
  return { start: () => rehearserOf(operations.transform, isNew, isOld, options.showValues) };
}

function operationsOf({ migration }: SchemaReview): { transform: readonly Operation[] } | { reason: string } {
  if (migration.status !== 'given') return { reason: 'there is no migration to try' };
  try {
    const parsed = parseMigration({ path: migration.path, text: migration.text });
    return 'problems' in parsed ? { reason: 'the migration cannot be read' } : parsed.migration;
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return { reason: 'the migration has a script or an SQL expression, which only the runner runs' };
  }
}

function rehearserOf(
  transform: readonly Operation[],
  isNew: Validator,
  isOld: Validator,
  showValues: boolean,
): Rehearser {
  let [tried, succeeded, invalidBefore] = [0, 0, 0];
  const failures: FailingRecord[] = [];
  const examples: Example[] = [];
  const shapes = new Set<string>();
  const coverage = trackCoverage();
  const fail = (key: string, record: Json, violations: readonly Violation[]) => {
    if (isOld(record).length > 0) invalidBefore++;
    if (failures.length >= mostFailures) return;
    failures.push({ key, violations: violations.slice(0, mostFailures), ...(showValues ? { record } : {}) });
  };
  const illustrate = (key: string, before: Json, after: Json) => {
    if (examples.length >= mostExamples) return;
    const differences = shapeDifferences(before, after);
    const shape = JSON.stringify(differences);
    if (shapes.has(shape) || differences.length === 0) return;
    shapes.add(shape);
    examples.push({ key, differences, ...(showValues ? { before, after } : {}) });
  };
  return {
    add(fullKey, record, block) {
      const key = fullKey.slice(0, longestKey);
      tried++;
      const outcome = tryOne(transform, isNew, record);
      const failed = outcome.violations.length > 0;
      coverage.see(block, failed);
      if (failed) return fail(key, record, outcome.violations);
      succeeded++;
      if (outcome.after !== undefined) illustrate(key, record, outcome.after);
    },
    result: (scan) => ({
      status: 'rehearsed',
      tried,
      succeeded,
      invalidBefore,
      failures,
      examples,
      ...coverage.result(scan),
    }),
  };
}

function tryOne(
  transform: readonly Operation[],
  isNew: Validator,
  record: Json,
): { readonly violations: readonly Violation[]; readonly after?: Json } {
  try {
    const after = applyTransform(transform, record);
    return { violations: isNew(after).map(({ at, message }) => ({ at, message })), after };
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    return { violations: [{ at: error.pointer, message: error.reason }] };
  }
}
