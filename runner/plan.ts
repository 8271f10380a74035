import { InputError } from '../core/input-error.ts';
import { ConversionError } from '../core/migration/conversion-error.ts';
import { invertTransform } from '../core/migration/inverse.ts';
import type { Migration } from '../core/migration/migration.ts';
import type { Operation } from '../core/migration/operation.ts';
import { readMigration } from '../core/migration/read-migration.ts';
import { defaultOptions, type RunOptions } from '../core/migration/run-options.ts';
import { applyTransform, transformToSql } from '../core/migration/transform.ts';
import { loadBundle } from '../core/schema/bundle.ts';
import type { Json } from '../core/schema/json.ts';
import { parseSchema } from '../core/schema/parse.ts';
import { type Validator, validatorFor } from '../core/schema/validator.ts';
import type { RunOrder } from '../registry/runs/order.ts';
import type { Passage, Refusal } from './passage.ts';

/** What an order means, read anew from its texts. */
export interface RunPlan {
  readonly migration: Migration;
  readonly options: RunOptions;
  readonly forward: Passage;
  /** For records that are written after the cutover, when they have to go back. */
  readonly back: Passage;
  /** What the way back does not bring back, in words; empty when it is exact. */
  readonly losses: readonly string[];
}

/** Throws `InputError` for what a person wrote wrong in the schema or the migration file. */
export async function readPlan(order: RunOrder): Promise<RunPlan> {
  const { new: besides = {} } = order.files ?? {};
  const parsed = await readMigration({ path: order.migrationPath, text: order.migrationText }, (path) =>
    Promise.resolve(Object.hasOwn(besides, path) ? besides[path] : undefined),
  );
  if ('problems' in parsed) {
    const [first] = parsed.problems;
    throw new InputError(first?.problem ?? 'The migration file cannot be read', {
      remedy: first?.remedy ?? 'Correct the migration file.',
      place: first?.place ?? { path: order.migrationPath },
    });
  }
  const { migration } = parsed;
  // Without its script a migration would be another one.
  if (migration.script !== undefined)
    throw new InputError('This runner runs no scripts', {
      remedy: 'Write the migration with operations alone.',
      place: { path: migration.script.path },
    });
  const inverse = invertTransform(migration.transform);
  const options = { formatAssertion: order.formatAssertion };
  const files = order.files ?? { old: {}, new: {} };
  const [validOld, validNew] = await Promise.all([
    readValidator(order.previousPath ?? order.path, order.oldText, files.old, options),
    readValidator(order.path, order.newText, files.new, options),
  ]);
  return {
    migration,
    options: migration.options ?? defaultOptions,
    forward: passage(migration.transform, validNew),
    back: passage(inverse.operations, validOld),
    losses: inverse.losses,
  };
}

async function readValidator(
  path: string,
  text: string,
  files: Readonly<Record<string, string>>,
  options: { formatAssertion: boolean },
): Promise<Validator> {
  const read = (file: string) => Promise.resolve(Object.hasOwn(files, file) ? files[file] : undefined);
  return validatorFor(await loadBundle(parseSchema({ path, text }), read), options);
}

function passage(operations: readonly Operation[], validate: Validator): Passage {
  return {
    toSql: (document) => transformToSql(operations, document),
    refusal: (record) => refusalOf(operations, record),
    violation(record) {
      const [first] = validate(record);
      return first && { pointer: first.at, reason: first.message };
    },
  };
}

function refusalOf(operations: readonly Operation[], record: Json): Refusal {
  try {
    applyTransform(operations, record);
  } catch (error) {
    if (error instanceof ConversionError) return { pointer: error.pointer, reason: error.reason };
    throw error;
  }
  return { pointer: '', reason: 'cannot be converted' };
}
