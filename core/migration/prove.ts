import { decideInclusion } from '../compatibility/inclusion/decide.ts';
import type { Verdict } from '../compatibility/verdict.ts';
import type { SchemaBundle } from '../schema/document.ts';
import type { Json } from '../schema/json.ts';
import { parseSchema } from '../schema/parse.ts';
import { type Validator, validatorFor } from '../schema/validator.ts';
import { ValidatorUnavailable } from '../schema/validator-unavailable.ts';
import { unreachable } from '../unreachable.ts';
import { ConversionError } from './conversion-error.ts';
import { invertTransform } from './inverse.ts';
import { leadsBack } from './leads-back.ts';
import type { Migration } from './migration.ts';
import type { Operation } from './operation.ts';
import { applyTransform } from './transform.ts';

/** Whether a transform answers a change of a schema. */
export type MigrationProof =
  | {
      readonly result: 'proved';
      /** What must hold of the records besides; checked on all of them before cutover, and a run stops otherwise. */
      readonly preconditions: readonly string[];
    }
  /** `record` is valid under the old version and, transformed, is not valid under the new one: ajv says so. */
  | { readonly result: 'refuted'; readonly record: Json; readonly reason: string }
  | { readonly result: 'unproved'; readonly reason: string };

export interface ProofQuestion {
  readonly migration: Pick<Migration, 'transform' | 'script'>;
  readonly old: SchemaBundle;
  readonly new: SchemaBundle;
  /** Whether `format` decides; as in comparing. */
  readonly formatAssertion: boolean;
  /** Whether records are valid under the new version without the transform, where that is decided already. */
  readonly unaided?: Verdict | undefined;
}

/**
 * Does every record that is valid under `old` and can be converted become valid under `next`? The effect of the operations
 * on the old schema must be included in the new one. Where a conversion does not take every record, the proof names what
 * it takes for granted.
 */
export function proveMigration({ migration, old, new: next, formatAssertion, unaided }: ProofQuestion): MigrationProof {
  const operations = migration.transform;
  const options = { formatAssertion };
  if (migration.script !== undefined)
    return {
      result: 'unproved',
      reason: 'a script changes the records, and only running it shows what it makes of them',
    };
  if (old.root.inexactNumbers.length > 0)
    return { result: 'unproved', reason: 'the old version holds numbers with more digits than JavaScript keeps' };
  const effect = effectOf(operations, old, options);
  if ('unknown' in effect) return failure(effect.unknown);
  const verdict = decideInclusion(effect.bundle, next, options);
  switch (verdict.verdict) {
    case 'compatible':
      return { result: 'proved', preconditions: effect.preconditions };
    case 'breaking': {
      const { at, message } = verdict.violation;
      return failure(
        `a transformed record may break the new version: ${at || 'the record'} ${message}`,
        verdict.witness,
      );
    }
    case 'undecided':
      return failure(`whether transformed records are valid under the new version is not decided: ${verdict.reason}`);
    default:
      return unreachable(verdict);
  }

  function failure(reason: string, ...transformed: Json[]): MigrationProof {
    const breaks = unaided ?? decideInclusion(old, next, options);
    const hints = breaks.verdict === 'breaking' ? [breaks.witness] : [];
    return findRefutation(operations, old, next, { transformed, hints }, options) ?? { result: 'unproved', reason };
  }
}

type Options = { readonly formatAssertion: boolean };

type EffectOfAll =
  | { readonly bundle: SchemaBundle; readonly preconditions: readonly string[] }
  | { readonly unknown: string };

function effectOf(operations: readonly Operation[], old: SchemaBundle, options: Options): EffectOfAll {
  if (operations.length > 0 && leadsBack(old))
    return { unknown: 'the old version refers to itself through another file' };
  let bundle = old;
  const preconditions: string[] = [];
  for (const operation of operations) {
    const { accepts } = operation;
    if (accepts && decideInclusion(bundle, bundleOf(accepts.schema, old), options).verdict !== 'compatible')
      preconditions.push(accepts.statement);
    const effect = operation.effect(bundle.root.value);
    if ('unknown' in effect)
      return { unknown: `what "${operation.summary}" makes of the old version is not known: ${effect.unknown}` };
    bundle = bundleOf(effect.schema, old);
  }
  return { bundle, preconditions };
}

/** At the place of the old version, so that references to other files lead where they led. */
function bundleOf(schema: Json, { root, files }: SchemaBundle): SchemaBundle {
  const parsed = parseSchema({ path: 'effect.json', text: JSON.stringify(schema) }, { defaultDialect: root.dialect });
  return { root: { ...parsed, path: root.path }, files };
}

/** Looks for a record that the transform fails: on the way back from documents after it, and among hints before it. */
function findRefutation(
  operations: readonly Operation[],
  old: SchemaBundle,
  next: SchemaBundle,
  from: { readonly transformed: readonly Json[]; readonly hints: readonly Json[] },
  options: Options,
): MigrationProof | undefined {
  let isOld: Validator;
  let isNew: Validator;
  try {
    [isOld, isNew] = [validatorFor(old, options), validatorFor(next, options)];
  } catch (error) {
    if (error instanceof ValidatorUnavailable) return undefined;
    throw error;
  }
  const back = invertTransform(operations).operations;
  const candidates = [...from.transformed.flatMap((record) => [convert(back, record), record]), ...from.hints];
  for (const record of candidates) {
    if (record === undefined || isOld(record).length > 0) continue;
    const result = convert(operations, record);
    const [violation] = result === undefined ? [] : isNew(result);
    if (violation) return { result: 'refuted', record, reason: `${violation.at || 'the record'} ${violation.message}` };
  }
  return undefined;
}

function convert(operations: readonly Operation[], record: Json): Json | undefined {
  try {
    return applyTransform(operations, record);
  } catch (error) {
    if (error instanceof ConversionError) return undefined;
    throw error;
  }
}
