import { InputError } from '../core/input-error.ts';
import { ConversionError } from '../core/migration/conversion-error.ts';
import { invertTransform } from '../core/migration/inverse.ts';
import type { Migration } from '../core/migration/migration.ts';
import type { Operation } from '../core/migration/operation.ts';
import { readMigration } from '../core/migration/read-migration.ts';
import { defaultOptions, type RunOptions } from '../core/migration/run-options.ts';
import { type MigrationScript, scriptLoss } from '../core/migration/script.ts';
import { applyTransform, transformToSql } from '../core/migration/transform.ts';
import { loadBundle } from '../core/schema/bundle.ts';
import type { Json } from '../core/schema/json.ts';
import { parseSchema } from '../core/schema/parse.ts';
import { type Validator, validatorFor } from '../core/schema/validator.ts';
import type { RunOrder } from '../registry/runs/order.ts';
import { StepFailed } from './errors.ts';
import type { Passage, Refusal } from './passage.ts';
import { lazyScript } from './scripts/lazy-script.ts';

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
    forward: migration.script
      ? scripted(migration, migration.script, validNew)
      : passage(migration.transform, validNew),
    back: passage(inverse.operations, validOld),
    losses: [...inverse.losses, ...(migration.script ? [scriptLoss(migration.script)] : [])],
  };
}

function scripted(migration: Migration, script: MigrationScript, validate: Validator): Passage {
  const { schema, from, to, transform } = migration;
  const operations = passage(transform, validate);
  return {
    ...operations,
    script: {
      toSql: (document) => operations.toSql(document),
      transform: lazyScript(script, { context: { schema, from, to } }),
    },
    toSql() {
      throw new StepFailed(
        'needs-script',
        'The database alone cannot convert records of a migration that has a script.',
        'Correct the records, then merge a new migration for them.',
      );
    },
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
