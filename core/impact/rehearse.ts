import type { Violation } from '../compatibility/verdict.ts';
import { ConversionError } from '../migration/conversion-error.ts';
import type { Operation } from '../migration/operation.ts';
import { applyTransform, transformToSql } from '../migration/transform.ts';
import type { SchemaReview } from '../review/review.ts';
import type { Json } from '../schema/json.ts';
import { type Validator, validatorFor } from '../schema/validator.ts';
import { type ScanResult, trackCoverage } from './coverage.ts';
import type { FailingRecord } from './impact.ts';
import type { Computed, Example, Rehearsed } from './rehearsal.ts';
import { rehearsedOperations } from './rehearsed-operations.ts';
import { shapeDifferences } from './shape-difference.ts';
import { storedBundle } from './stored-bundle.ts';

const mostFailures = 5;
const mostExamples = 3;
const longestKey = 200;

export interface Rehearser {
  /**
   * @param block see `Counter`
   * @param computed what the database made of the record, when it was asked
   */
  add(key: string, record: Json, block?: string, computed?: Computed): void;
  result(scan: ScanResult): Rehearsed;
}

export interface Preparation {
  /** Begins, again whenever it is called. */
  readonly start: () => Rehearser;
  /** SQL for what becomes of a jsonb expression, where the database has to say it; NULL where the operations refuse the record. */
  readonly toSql?: (document: string) => string;
}

/**
 * Prepares to try the migration of a reviewed schema on stored records. Scripts are run by the runner and by nobody else.
 * Throws `InputError` or `ValidatorUnavailable` when a version cannot be used to validate.
 */
export async function prepareRehearsal(
  schema: SchemaReview,
  options: { readonly showValues: boolean },
): Promise<Preparation | { readonly reason: string }> {
  const operations = await rehearsedOperations(schema);
  if ('reason' in operations) return operations;
  const { transform, inDatabase } = operations;
  const { formatAssertion } = schema.set;
  const isNew = validatorFor(await storedBundle(schema, 'new'), { formatAssertion, allErrors: true });
  const isOld = validatorFor(await storedBundle(schema, 'old'), { formatAssertion });
  return {
    start: () => rehearserOf(transform, isNew, isOld, options.showValues),
    ...(inDatabase ? { toSql: (document: string) => transformToSql(transform, document) } : {}),
  };
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
    add(fullKey, record, block, computed) {
      const key = fullKey.slice(0, longestKey);
      tried++;
      const outcome = tryOne(transform, isNew, record, computed);
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
  computed: Computed | undefined,
): { readonly violations: readonly Violation[]; readonly after?: Json } {
  if (computed !== undefined && 'problem' in computed) return { violations: [{ at: '', message: computed.problem }] };
  try {
    // Why the operations refuse a record they say themselves.
    const after = computed?.record ?? applyTransform(transform, record);
    return { violations: isNew(after).map(({ at, message }) => ({ at, message })), after };
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    return { violations: [{ at: error.pointer, message: error.reason }] };
  }
}
