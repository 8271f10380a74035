import type { Comparison } from '../compatibility/comparison.ts';
import type { SchemaSet, Target } from '../configuration/configuration.ts';
import { InputError } from '../input-error.ts';
import type { Migration } from '../migration/migration.ts';
import { proposeMigration } from '../migration/propose.ts';
import { proveMigration } from '../migration/prove.ts';
import { readMigration } from '../migration/read-migration.ts';
import { describeScript, scriptLoss } from '../migration/script.ts';
import type { SchemaBundle } from '../schema/document.ts';
import { columnsChange } from './columns-change.ts';
import { correctMembers, placeOfMember, type WrongMember } from './correct-members.ts';
import type { LineEdit } from './line-edit.ts';
import { problemOf } from './load-side.ts';
import type { MigrationReview, Problem } from './review.ts';

export interface MigrationQuestion {
  /** Of the schema. */
  readonly name: string;
  readonly set: SchemaSet;
  /** The one that the set names. */
  readonly target?: Target | undefined;
  readonly old: SchemaBundle | undefined;
  readonly new: SchemaBundle | undefined;
  readonly comparison: Comparison | undefined;
  readonly oldVersion: string | undefined;
  readonly newVersion: string | undefined;
  readonly recommended: string | undefined;
  readonly read: (path: string) => Promise<string | undefined>;
}

export interface MigrationAnswer {
  readonly migration: MigrationReview;
  /** The file, when there is one that can be used. */
  readonly parsed?: Migration;
  readonly problems: readonly Problem[];
}

const notNeeded: MigrationAnswer = { migration: { status: 'not-needed' }, problems: [] };

/** What becomes of the stored records: the migration in the pull request judged, or one proposed where records need one. */
export async function reviewMigration(question: MigrationQuestion): Promise<MigrationAnswer> {
  const { set, old, new: next, comparison } = question;
  if (set.target === undefined || !old || !next || !comparison) return notNeeded;
  const path = migrationPath(question);
  const file = await readFileAt(path, question);
  if (file === undefined) {
    const staysAsItIs = !columnsChange(question.target, old.root.value, next.root.value);
    if (comparison.backward.verdict === 'compatible' && staysAsItIs) return notNeeded;
    const { text, gaps } = proposeMigration({ ...question, old, new: next, comparison });
    return { migration: { status: 'missing', path, proposal: text, gaps }, problems: [] };
  }
  if ('problems' in file) return { migration: { status: 'unusable', path }, problems: file.problems };
  const { migration: parsed, text } = file;
  const mismatch = mismatches(parsed, question);
  if (mismatch.length > 0) {
    const correction = correctionOf(mismatch, { path, text });
    const migration = { status: 'unusable' as const, path, ...(correction === undefined ? {} : { correction }) };
    return { migration, problems: mismatch.map((each) => mismatchProblem(each, { path, text })) };
  }
  return {
    parsed,
    problems: [],
    migration: {
      status: 'given',
      path,
      text,
      proof: proveMigration({
        migration: parsed,
        old,
        new: next,
        formatAssertion: set.formatAssertion,
        unaided: comparison.backward,
      }),
      losses: [
        ...parsed.transform.flatMap(({ inverse }) => ('loses' in inverse ? [inverse.loses] : [])),
        ...(parsed.script ? [scriptLoss(parsed.script)] : []),
      ],
      operations: [
        ...parsed.transform.map(({ summary }) => summary),
        ...(parsed.script ? [describeScript(parsed.script)] : []),
      ],
      ...(parsed.script ? { hasScript: true, hosts: parsed.script.hosts } : {}),
    },
  };
}

/** Where the migration of a schema to a version is kept. */
function migrationPath({ name, newVersion, recommended }: MigrationQuestion): string {
  return `migrations/${name}/${newVersion ?? recommended ?? 'next'}.yml`;
}

async function readFileAt(path: string, question: MigrationQuestion) {
  try {
    const text = await question.read(path);
    if (text === undefined) return undefined;
    const parsed = await readMigration({ path, text }, question.read);
    return 'problems' in parsed ? parsed : { ...parsed, text };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problems: [problemOf(error, path)] };
  }
}

interface Mismatch {
  readonly member: WrongMember['member'];
  readonly written: string;
  /** Undefined: the schema names no version. */
  readonly right: string | undefined;
}

function mismatches(migration: Migration, { name, oldVersion, newVersion }: MigrationQuestion): Mismatch[] {
  const said: readonly Mismatch[] = [
    { member: 'schema', written: migration.schema, right: name },
    { member: 'from', written: migration.from, right: oldVersion },
    { member: 'to', written: migration.to, right: newVersion },
  ];
  return said.filter(({ written, right }) => written !== right);
}

function correctionOf(mismatch: readonly Mismatch[], file: { path: string; text: string }): LineEdit | undefined {
  const known = mismatch.flatMap((each) => (each.right === undefined ? [] : [{ ...each, right: each.right }]));
  return known.length < mismatch.length ? undefined : correctMembers(file, known);
}

function mismatchProblem({ member, written, right }: Mismatch, file: { path: string; text: string }): Problem {
  return {
    place: { path: file.path, ...placeOfMember(file, member) },
    problem: `The migration says \`${member}: ${written}\`, ${right === undefined ? 'but the schema names no version' : `but it is ${right}`}`,
    remedy: right === undefined ? 'Add "version" to the schema.' : `Write \`${member}: ${right}\`.`,
  };
}
