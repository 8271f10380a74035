import picomatch from 'picomatch';
import type { ChangedFile, Tree } from '../review/review.ts';
import { downPathOf } from './down-path.ts';
import type { Finding } from './finding.ts';
import type { History } from './history.ts';
import { type LintOptions, lintSql } from './lint.ts';

/** Where migrations lie unless the configuration says otherwise. */
export const defaultMigrationFiles = 'migrations/**/*.sql';

/**
 * Lints the migrations and rollbacks that a pull request adds, changes or renames. Reads nothing
 * when there is none; the list of the base branch is asked for once.
 * @param files glob of the migrations
 */
export async function lintChanges(
  base: Tree,
  head: Tree,
  changed: readonly ChangedFile[],
  options: Omit<LintOptions, 'history'> & { readonly files?: string } = {},
): Promise<Finding[]> {
  const isMigration = picomatch(options.files ?? defaultMigrationFiles);
  const migrations = changed.filter(({ path, status }) => status !== 'removed' && isMigration(path));
  if (migrations.length === 0) return [];
  const existing = (await base.list()).filter((path) => isMigration(path));
  const findings = await Promise.all(
    migrations.map(async (file) => {
      const text = await head.read(file.path);
      if (text === undefined) return [];
      const down = downPathOf(file.path);
      const downText = down === undefined ? undefined : await head.read(down);
      const history = await historyOf(file, base, existing);
      return lintSql(
        { path: file.path, text, ...(downText === undefined ? {} : { downText }) },
        { ...options, history },
      );
    }),
  );
  return findings.flat();
}

async function historyOf(file: ChangedFile, base: Tree, existing: readonly string[]): Promise<History> {
  const before = file.previousPath ?? file.path;
  const previousText = existing.includes(before) ? await base.read(before) : undefined;
  return { existing, ...(previousText === undefined ? {} : { previousText, previousPath: before }) };
}
