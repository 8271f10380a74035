import type { Change } from '../compatibility/change.ts';
import { changeVerdict } from '../review/asked.ts';
import type { SchemaReview } from '../review/review.ts';
import type { Json } from '../schema/json.ts';
import { type Validator, validatorFor } from '../schema/validator.ts';
import { attribute } from './attribute.ts';
import { type ScanResult, trackCoverage } from './coverage.ts';
import type { CountedImpact, FailingRecord } from './impact.ts';
import { storedBundle } from './stored-bundle.ts';

const mostSamples = 5;
const longestKey = 200;

export interface Counter {
  /** @param block the part of the table that was drawn together with this record; only in a sample */
  add(key: string, record: Json, block?: string): void;
  result(scan: ScanResult): CountedImpact;
}

/**
 * Prepares to count the records that the new version of a schema refuses; what it returns begins to count, again whenever it is called.
 * Throws `InputError` or `ValidatorUnavailable` when a version cannot be used to validate.
 * @param options.showValues whether samples hold the records themselves
 */
export async function startCounting(schema: SchemaReview, options: { showValues: boolean }): Promise<() => Counter> {
  const { formatAssertion } = schema.set;
  const isNew = validatorFor(await storedBundle(schema, 'new'), { formatAssertion, allErrors: true });
  const isOld = validatorFor(await storedBundle(schema, 'old'), { formatAssertion });
  const changes = changesToCount(schema);
  return () => counterOf(isNew, isOld, changes, options.showValues);
}

/** The changes by which a stored record can fail. */
export function changesToCount({ comparison, set }: SchemaReview): Change[] {
  return (comparison?.changes ?? []).filter(
    (change) => changeVerdict(set.compatibility, change) !== 'compatible' || change.backward.verdict !== 'compatible',
  );
}

function counterOf(isNew: Validator, isOld: Validator, changes: readonly Change[], showValues: boolean): Counter {
  let scanned = 0;
  let failing = 0;
  let invalidBefore = 0;
  const byChange = new Map<Change, number>();
  const samples: FailingRecord[] = [];
  const coverage = trackCoverage();
  return {
    add(key, record, block) {
      scanned += 1;
      const violations = isNew(record);
      coverage.see(block, violations.length > 0);
      if (violations.length === 0) return;
      failing += 1;
      if (isOld(record).length > 0) invalidBefore += 1;
      const blamed = attribute(violations, changes);
      for (const change of blamed) byChange.set(change, (byChange.get(change) ?? 0) + 1);
      if (samples.length < mostSamples && isNews(blamed, byChange, samples)) {
        const kept = violations.slice(0, mostSamples).map(({ at, message }) => ({ at, message }));
        samples.push({ key: key.slice(0, longestKey), violations: kept, ...(showValues ? { record } : {}) });
      }
    },
    result: (scan) => ({
      status: 'counted',
      scanned,
      failing,
      invalidBefore,
      byChange,
      samples,
      ...coverage.result(scan),
    }),
  };
}

/** The last place is kept for a record that fails by a change of which there is none among the samples yet. */
function isNews(
  blamed: ReadonlySet<Change>,
  byChange: ReadonlyMap<Change, number>,
  samples: readonly unknown[],
): boolean {
  return samples.length < mostSamples - 1 || [...blamed].some((change) => byChange.get(change) === 1);
}
