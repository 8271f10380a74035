import { formatPlace, InputError } from '../../core/input-error.ts';
import { type MigrationPlan, planMigration } from '../../core/migration/plan.ts';
import { proposeMigration } from '../../core/migration/propose.ts';
import { type MigrationProof, proveMigration } from '../../core/migration/prove.ts';
import { readMigration } from '../../core/migration/read-migration.ts';
import type { Problem } from '../../core/review/review.ts';
import { schemaName } from '../../core/review/select-schemas.ts';
import { declaredVersion } from '../../core/versioning/declared-version.ts';
import { loadSchema, readText } from '../load-schema.ts';

/** The plan of a migration between two schema files. */
export interface PlannedFiles {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** The migration file: the one that was given, or the one that is proposed. */
  readonly migration: { readonly text: string; readonly proposed: boolean };
  /** Undefined while the proposal has values to fill in. */
  readonly proof: MigrationProof | undefined;
  readonly plan: MigrationPlan;
}

/** `migrationPath`: plans this file instead of proposing one. Throws `InputError`, or `UnusableMigration`. */
export async function planFiles(
  oldPath: string,
  newPath: string,
  options: { readonly migrationPath?: string | undefined; readonly formatAssertion: boolean },
): Promise<PlannedFiles> {
  const { migrationPath, formatAssertion } = options;
  const [old, next] = [await loadSchema(oldPath), await loadSchema(newPath)];
  const [from, to] = [declaredVersion(old.root), declaredVersion(next.root)];
  if (migrationPath === undefined) {
    const set = { formatAssertion };
    const proposal = proposeMigration({ old, new: next, oldVersion: from, newVersion: to, set });
    const { operations, proof, gaps, text } = proposal;
    return { from, to, migration: { text, proposed: true }, proof, plan: planMigration(operations, proof, gaps) };
  }
  const text = await readText(migrationPath);
  if (text === undefined)
    throw new InputError('There is no such file', {
      remedy: 'Give the path of a migration, or leave the option out to have one proposed',
      place: { path: migrationPath },
    });
  // A proposal that was just saved lies anywhere; whose records it migrates is plain from the files beside it.
  const parsed = await readMigration({ path: migrationPath, text }, readText, { schema: schemaName(newPath) });
  if ('problems' in parsed) throw new UnusableMigration(parsed.problems);
  const { migration } = parsed;
  const proof = proveMigration({ migration, old, new: next, formatAssertion });
  const gaps = proof.result === 'proved' ? [] : [`Whether all records become valid: ${proof.reason}.`];
  const plan = planMigration(migration.transform, proof, gaps);
  return { from: migration.from, to: migration.to, migration: { text, proposed: false }, proof, plan };
}

/** All that is wrong with a migration file, a line each. */
export class UnusableMigration extends Error {
  override readonly name = 'UnusableMigration';

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ place, problem, remedy }) => `${formatPlace(place)}: ${problem}. ${remedy}`).join('\n'));
  }
}
