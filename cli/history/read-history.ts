import type { Configuration, SchemaSet } from '../../core/configuration/configuration.ts';
import { formatPlace, InputError } from '../../core/input-error.ts';
import type { HistoryEntry, SchemaHistory } from '../../core/rendering/history/schema-history.ts';
import { loadSide } from '../../core/review/load-side.ts';
import type { Tree } from '../../core/review/review.ts';
import { type ReviewedSchema, reviewSchema } from '../../core/review/review-schema.ts';
import { schemaName, setFinder } from '../../core/review/select-schemas.ts';
import { declaredVersion } from '../../core/versioning/declared-version.ts';
import { commitTree } from '../git/commit-tree.ts';
import { type FileCommit, fileLog } from '../git/file-log.ts';

export interface HistoryOptions {
  readonly configuration: Configuration;
  /** How many commits to look at. */
  readonly limit: number;
}

/**
 * The timeline of a schema from the commits of a clone: each compared with the one before, under the rules of the configuration as it is
 * now. Throws `InputError` when no commit has the file.
 */
export async function readHistory(root: string, path: string, options: HistoryOptions): Promise<SchemaHistory> {
  const { configuration, limit } = options;
  const log = await fileLog(root, path, limit + 1);
  if (log.length === 0) {
    throw new InputError('No commit has this file', {
      remedy: 'Give the path of a schema that was committed, from the root of the clone or from here',
      place: { path },
    });
  }
  const isCut = log.length > limit;
  const set = setFinder(configuration.schemas)(path) ?? { ...defaultSet, files: path };
  const entries: HistoryEntry[] = [];
  // What cannot be read is left out of the comparisons: the next version is compared with the last that could be.
  let before = isCut ? log[limit] : undefined;
  for (const commit of log.slice(0, limit).reverse()) {
    const entry = await entryOf(root, commit, before, set, configuration);
    entries.unshift(entry);
    if (entry.problem === undefined) before = commit;
  }
  return { name: schemaName(path), path, entries, isCut };
}

const defaultSet: Omit<SchemaSet, 'files'> = { compatibility: 'BACKWARD', formatAssertion: false };

async function entryOf(
  root: string,
  here: FileCommit,
  before: FileCommit | undefined,
  set: SchemaSet,
  { targets }: Configuration,
): Promise<HistoryEntry> {
  const { commit, date, author, subject, path } = here;
  const told = { commit, date, author, subject, path };
  const tree = commitTree(root, commit);
  if (before === undefined) return { ...told, ...(await firstVersion(tree, path)), review: undefined };
  const change = here.isRemoval ? 'removed' : before.isRemoval ? 'added' : 'modified';
  const selected = {
    path,
    ...(before.path === path ? {} : { previousPath: before.path }),
    set,
    change,
    target: set.target === undefined ? undefined : targets.get(set.target),
  } as const;
  const { review, problems } = await reviewSchema(selected, commitTree(root, before.commit), tree);
  const version = review?.newVersion;
  const migration = `migrations/${schemaName(path)}/${version}.yml`;
  const isThere = version !== undefined && version !== review?.oldVersion && (await isAt(tree, migration));
  return {
    ...told,
    version,
    review,
    ...(review === undefined ? { problem: firstOf(problems) } : {}),
    ...(isThere ? { migrationPath: migration } : {}),
    ...(review !== undefined && problems.length > 0 ? { migrationProblem: firstOf(problems) } : {}),
  };
}

function firstOf(problems: ReviewedSchema['problems']): string {
  const [problem] = problems;
  return problem === undefined ? 'this is no schema' : `${formatPlace(problem.place)}: ${problem.problem}`;
}

async function firstVersion(tree: Pick<Tree, 'read'>, path: string) {
  const side = await loadSide((file) => tree.read(file), path);
  if (side.state === 'loaded') return { version: declaredVersion(side.bundle.root) };
  return { version: undefined, ...(side.state === 'unreadable' ? { problem: firstOf([side.problem]) } : {}) };
}

async function isAt(tree: Pick<Tree, 'read'>, path: string): Promise<boolean> {
  return (await tree.read(path).catch(() => undefined)) !== undefined;
}
