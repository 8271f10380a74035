import picomatch from 'picomatch';
import { InputError } from '../input-error.ts';
import { problemOf } from '../review/load-side.ts';
import type { ChangedFile, Problem, Tree } from '../review/review.ts';
import { downPathOf } from './down-path.ts';
import type { History } from './history.ts';
import type { SqlFile } from './lint.ts';
import { comparePaths, folderOf } from './migration-order.ts';

/** A migration that a pull request adds, changes or renames. */
export interface MigrationChange {
  readonly file: SqlFile;
  readonly history: History;
}

export interface MigrationChanges {
  /** In the order in which they run: by folder, then by number. */
  readonly changes: readonly MigrationChange[];
  /** What ran before, from the base branch: the last files of the same folders, in order. */
  readonly past: readonly SqlFile[];
  readonly problems: readonly Problem[];
}

/** In UTF-16 units. What is larger holds data rather than changes, and takes the parser long. */
const longestMigration = 2 * 1024 * 1024;

/** As many files as GitHub answers with in one call. */
const mostPast = 100;

/**
 * Reads the migrations and rollbacks of a pull request, and what ran before them. Reads nothing when there is none; lists each side once.
 * @param files globs of the migrations
 */
export async function readMigrationChanges(
  base: Tree,
  head: Tree,
  changed: readonly ChangedFile[],
  files: readonly string[],
): Promise<MigrationChanges> {
  const isMigration = picomatch([...files], { dot: true });
  const migrations = changed
    .filter(({ path, status }) => status !== 'removed' && isMigration(path))
    .toSorted((one, other) => comparePaths(one.path, other.path));
  if (migrations.length === 0) return { changes: [], past: [], problems: [] };
  const existing = (await base.list()).filter((path) => isMigration(path));
  const there = new Set(await head.list());
  const downs = migrations.map(({ path }) => downPathOf(path)).filter((down) => down !== undefined && there.has(down));
  const pastPaths = pastOf(migrations, existing);
  await Promise.all([
    migrations.length > 3
      ? head.prefetch?.([...migrations.map(({ path }) => path), ...downs.filter(isText)])
      : undefined,
    pastPaths.length > 3 ? base.prefetch?.(pastPaths) : undefined,
  ]);
  const problems: Problem[] = [];
  const read = async (tree: Tree, path: string): Promise<string | undefined> => {
    try {
      const text = await tree.read(path);
      if (text === undefined && there.has(path) && tree === head) {
        throw new InputError('is no file that can be read', {
          place: { path },
          remedy: 'Replace the link by the file.',
        });
      }
      if (text === undefined || text.length <= longestMigration) return text;
      throw new InputError('is longer than 2 MiB, which the linter does not read', {
        place: { path },
        remedy: 'Split it, or keep files that hold data out of the globs under `sql.files`.',
      });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(problemOf(error, path));
      return undefined;
    }
  };
  const changes = await Promise.all(
    migrations.map(async (migration): Promise<MigrationChange | undefined> => {
      const { path } = migration;
      const text = await read(head, path);
      if (text === undefined) return undefined;
      const down = downPathOf(path);
      const downText = down !== undefined && there.has(down) ? await read(head, down) : undefined;
      const history = await historyOf(migration, existing, (before) => read(base, before));
      return { file: { path, text, ...(downText === undefined ? {} : { downText }) }, history };
    }),
  );
  const past = await Promise.all(
    // A file of the past that cannot be read is one of which nothing is known; that it is there counts.
    pastPaths.map(
      async (path): Promise<SqlFile> => ({ path, text: (await base.read(path).catch(() => '\0')) ?? '\0' }),
    ),
  );
  return { changes: changes.filter((change) => change !== undefined), past, problems: unique(problems) };
}

/** The files of the base branch in the folders of the changed ones; the last ones where there are many. */
function pastOf(migrations: readonly ChangedFile[], existing: readonly string[]): string[] {
  const folders = new Set(migrations.map(({ path }) => folderOf(path)));
  return existing
    .filter((path) => folders.has(folderOf(path)) && downPathOf(path) !== undefined)
    .toSorted(comparePaths)
    .slice(-mostPast);
}

async function historyOf(
  { path, previousPath }: ChangedFile,
  existing: readonly string[],
  read: (path: string) => Promise<string | undefined>,
): Promise<History> {
  const before = previousPath ?? path;
  const previousText = existing.includes(before) ? await read(before) : undefined;
  return { existing, ...(previousText === undefined ? {} : { previousText, previousPath: before }) };
}

/** A rollback that changed is read by itself and beside its migration. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function isText(path: string | undefined): path is string {
  return path !== undefined;
}
