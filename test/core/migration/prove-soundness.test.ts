import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConversionError } from '../../../core/migration/conversion-error.ts';
import type { Operation } from '../../../core/migration/operation.ts';
import { proposeMigration } from '../../../core/migration/propose.ts';
import { type MigrationProof, proveMigration } from '../../../core/migration/prove.ts';
import { applyTransform } from '../../../core/migration/transform.ts';
import type { Json, JsonObject } from '../../../core/schema/json.ts';
import { validatorFor } from '../../../core/schema/validator.ts';
import { unreachable } from '../../../core/unreachable.ts';
import { anyRecord, operation } from './arbitrary.ts';
import { bundleOf } from './insurance-claim.ts';
import { schema } from './schema-arbitrary.ts';

const records = fc.array(anyRecord, { minLength: 30, maxLength: 60 });
const transforms = fc.array(operation, { maxLength: 3 });

/** What speaks against a proof: records that it is wrong about. */
function mistakes(
  proof: MigrationProof,
  [transform, old, next]: readonly [readonly Operation[], JsonObject, JsonObject],
  records: readonly Json[],
): readonly Json[] {
  const isOld = validatorFor(bundleOf(old), { formatAssertion: false });
  const isNew = validatorFor(bundleOf(next), { formatAssertion: false });
  const breaks = (record: Json) => {
    try {
      return isOld(record).length === 0 && isNew(applyTransform(transform, record)).length > 0;
    } catch (error) {
      // A record that cannot be converted is a precondition's business, and only allowed where one is named.
      if (error instanceof ConversionError) return proof.result === 'proved' && proof.preconditions.length === 0;
      throw error;
    }
  };
  switch (proof.result) {
    case 'proved':
      return records.filter(breaks);
    case 'refuted':
      return breaks(proof.record) ? [] : [proof.record];
    case 'unproved':
      return [];
    default:
      return unreachable(proof);
  }
}

it('is never wrong when it proves, and never when it refutes', () => {
  const seen = { proved: 0, refuted: 0, unproved: 0 };
  fc.assert(
    fc.property(transforms, schema, schema, fc.boolean(), records, (transform, old, other, follow, records) => {
      // A new version that the transform has a chance to lead to: what it makes of the old one, or an unrelated one.
      const effect = follow ? followed(transform, old) : other;
      const proof = proveMigration({
        migration: { transform },
        old: bundleOf(old),
        new: bundleOf(effect),
        formatAssertion: false,
      });
      seen[proof.result] += 1;
      expect(mistakes(proof, [transform, old, effect], records)).toEqual([]);
    }),
    { numRuns: 250 },
  );
  expect(Math.min(seen.proved, seen.refuted, seen.unproved)).toBeGreaterThan(10);
});

function followed(transform: readonly Operation[], old: JsonObject): JsonObject {
  return transform.reduce<JsonObject>((schema, operation) => {
    const effect = operation.effect(schema);
    return 'schema' in effect && typeof effect.schema === 'object' ? (effect.schema as JsonObject) : schema;
  }, old);
}

it('proposes without gaps only what is proved', () => {
  let ready = 0;
  fc.assert(
    fc.property(schema, schema, records, (old, next, records) => {
      const { gaps, proof, operations } = proposeMigration({
        old: bundleOf(old),
        new: bundleOf(next),
        oldVersion: '1',
        newVersion: '2',
        set: { formatAssertion: false },
      });
      if (gaps.length > 0 || proof === undefined) return;
      ready += 1;
      expect(proof.result).toBe('proved');
      expect(mistakes(proof, [operations, old, next], records)).toEqual([]);
    }),
    { numRuns: 200 },
  );
  expect(ready).toBeGreaterThan(2);
});
