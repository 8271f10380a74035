import picomatch from 'picomatch';
import type { ChangedFile, Tree } from '../review/review.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Finding } from './finding.ts';
import { readMigrationChanges } from './migration-changes.ts';
import { type JudgedFinding, type SqlReview, unreadableRule } from './sql-review.ts';
import type { SqlSettings } from './sql-settings.ts';

/** A live database, asked only when there is something to lint; or why it could not be. */
export type CatalogReader = () => Promise<Catalog | { readonly problem: string } | undefined>;

/**
 * Reviews the SQL migrations that a pull request adds, changes or renames. Undefined, and next to nothing read, when there is none.
 * Bad input comes back as findings and problems.
 * @param readCatalog see `CatalogReader`; without it, severities are those of tables of any size
 */
export async function reviewSql(
  trees: { readonly base: Tree; readonly head: Tree },
  changed: readonly ChangedFile[],
  settings: SqlSettings,
  readCatalog?: CatalogReader,
): Promise<SqlReview | undefined> {
  const read = await readMigrationChanges(trees.base, trees.head, changed, settings.files);
  const { changes, problems } = read;
  if (changes.length === 0 && problems.length === 0) return undefined;
  const asked = await readCatalog?.();
  const catalog = asked === undefined || 'problem' in asked ? undefined : asked;
  // Not at the top: with it comes the parser, 1.7 MB that few pull requests need.
  const { lintMigrations } = await import('./lint-migrations.ts');
  const { findings, rules } = await lintMigrations(read, settings, catalog);
  return {
    files: changes.map(({ file }) => file.path),
    findings: withWaivers(findings, settings),
    problems,
    rules,
    failOn: settings.failOn,
    ...(asked !== undefined && 'problem' in asked ? { catalogProblem: asked.problem } : {}),
  };
}

function withWaivers(findings: readonly Finding[], { waivers }: SqlSettings): JudgedFinding[] {
  const matchers = waivers.map((waiver) => ({ ...waiver, matches: picomatch(waiver.files, { dot: true }) }));
  return findings.map((finding) => {
    const waiver = matchers.find(({ rule, matches }) => rule === finding.rule && matches(finding.place.path));
    return waiver === undefined || finding.rule === unreadableRule ? finding : { ...finding, waived: waiver.reason };
  });
}
