import { formatPlace, InputError } from '../../core/input-error.ts';
import { type MigrationPlan, planMigration } from '../../core/migration/plan.ts';
import { proposeMigration } from '../../core/migration/propose.ts';
import { type MigrationProof, proveMigration } from '../../core/migration/prove.ts';
import { readMigration } from '../../core/migration/read-migration.ts';
import type { Problem } from '../../core/review/review.ts';
import { schemaName } from '../../core/review/select-schemas.ts';
import type { SchemaBundle } from '../../core/schema/document.ts';
import { validatorFor } from '../../core/schema/validator.ts';
import { declaredVersion } from '../../core/versioning/declared-version.ts';
import { rowVersionsBetween } from '../../runner/rows.ts';
import { loadSchema, readText } from '../load-schema.ts';
import { type Estimate, estimate } from './estimate.ts';
import type { Measured } from './survey/measure.ts';
import type { Survey } from './survey/survey.ts';
import { type SurveyedTarget, surveyTable } from './survey/survey-table.ts';

/** The plan of a migration between two schema files. */
export interface PlannedFiles {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** The migration file: the one that was given, or the one that is proposed. */
  readonly migration: { readonly text: string; readonly proposed: boolean };
  /** Undefined while the proposal has values to fill in. */
  readonly proof: MigrationProof | undefined;
  readonly plan: MigrationPlan;
  /** What the database says, where one was asked. */
  readonly survey?: Survey;
  readonly estimate?: Estimate;
}

export interface PlanOptions {
  readonly migrationPath?: string | undefined;
  readonly formatAssertion: boolean;
  /** The table whose records are migrated; absent: no database is asked. */
  readonly survey?: SurveyedTarget | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** `migrationPath`: plans this file instead of proposing one. Throws `InputError`, or `UnusableMigration`. */
export async function planFiles(oldPath: string, newPath: string, options: PlanOptions): Promise<PlannedFiles> {
  const { migrationPath, formatAssertion, survey: target, environment } = options;
  const [old, next] = [await loadSchema(oldPath), await loadSchema(newPath)];
  const { migration, file: planned } =
    migrationPath === undefined
      ? propose(old, next, formatAssertion)
      : await judge({ path: migrationPath, schema: schemaName(newPath) }, old, next, formatAssertion);
  if (target === undefined) return planned;
  // With values to fill in, there is nothing to measure yet.
  const measured = planned.proof && { migration, validate: validatorFor(next, { formatAssertion }) };
  const versions = rowVersionsBetween(old.root.value, next.root.value, migration.transform);
  const survey = await surveyTable(target, environment, measured, versions);
  return { ...planned, survey, estimate: estimate(survey, migration.batch) };
}

type Planned = { readonly file: PlannedFiles; readonly migration: Measured['migration'] };

function propose(old: SchemaBundle, next: SchemaBundle, formatAssertion: boolean): Planned {
  const [from, to] = [declaredVersion(old.root), declaredVersion(next.root)];
  const proposal = proposeMigration({ old, new: next, oldVersion: from, newVersion: to, set: { formatAssertion } });
  const { operations, proof, gaps, text } = proposal;
  const migration = { transform: operations };
  const plan = planMigration(migration, proof, gaps);
  return { file: { from, to, migration: { text, proposed: true }, proof, plan }, migration };
}

async function judge(
  { path, schema }: { readonly path: string; readonly schema: string },
  old: SchemaBundle,
  next: SchemaBundle,
  formatAssertion: boolean,
): Promise<Planned> {
  const text = await readText(path);
  if (text === undefined)
    throw new InputError('There is no such file', {
      remedy: 'Give the path of a migration, or leave the option out to have one proposed',
      place: { path },
    });
  // A proposal that was just saved lies anywhere; whose records it migrates is plain from the files beside it.
  const parsed = await readMigration({ path, text }, readText, { schema });
  if ('problems' in parsed) throw new UnusableMigration(parsed.problems);
  const { migration } = parsed;
  const { from, to } = migration;
  const proof = proveMigration({ migration, old, new: next, formatAssertion });
  const gaps = proof.result === 'proved' ? [] : [`Whether all records become valid: ${proof.reason}.`];
  const plan = planMigration(migration, proof, gaps);
  return { file: { from, to, migration: { text, proposed: false }, proof, plan }, migration };
}

/** All that is wrong with a migration file, a line each. */
export class UnusableMigration extends Error {
  override readonly name = 'UnusableMigration';

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ place, problem, remedy }) => `${formatPlace(place)}: ${problem}. ${remedy}`).join('\n'));
  }
}
