import type { SchemaSet } from '../../configuration/configuration.ts';
import type { ChangedFile, Tree } from '../review.ts';
import type { SelectedSchema } from '../select-schemas.ts';
import { compareVersions } from './version-order.ts';
import { type VersionPath, versionPath } from './version-path.ts';

/** A file that holds an earlier version. */
export interface EarlierVersion {
  readonly path: string;
  readonly version: string;
  /** `head` when the pull request brings it in as well. */
  readonly side: 'base' | 'head';
}

/** All versions of each schema that has one file per version: what was published, and what this pull request adds. */
export interface Versions {
  of(family: string): readonly EarlierVersion[];
}

export const noVersions: Versions = { of: () => [] };

/** Lists the files of the base commit, when a schema with one file per version changes; else costs nothing. */
export async function readVersions(
  base: Tree,
  changed: readonly ChangedFile[],
  setOf: (path: string) => SchemaSet | undefined,
): Promise<Versions> {
  const read = (path: string): VersionPath | undefined => {
    const set = setOf(path);
    return set && versionPath(path, set);
  };
  const touched = changed.flatMap(({ path, previousPath }) =>
    previousPath === undefined ? [path] : [path, previousPath],
  );
  if (!touched.some((path) => setOf(path)?.layout === 'immutable')) return noVersions;
  const families = new Map<string, EarlierVersion[]>();
  const add = (path: string, side: 'base' | 'head'): void => {
    const file = read(path);
    if (!file) return;
    const known = families.get(file.family) ?? [];
    families.set(file.family, known);
    if (!known.some((one) => one.path === path)) known.push({ path, version: file.version, side });
  };
  for (const path of await base.list()) add(path, 'base');
  for (const { path, status } of changed) if (status === 'added' || status === 'renamed') add(path, 'head');
  return { of: (family) => families.get(family) ?? [] };
}

/** A new file is the next version of the greatest lower one. Those before that are there for modes that ask about all. */
export function withPredecessor(schema: SelectedSchema, versions: Versions): SelectedSchema {
  const file = versionPath(schema.path, schema.set);
  if (!file) return schema;
  const lower = versions
    .of(file.family)
    .filter(({ version }) => compareVersions(version, file.version) < 0)
    .sort((a, b) => compareVersions(a.version, b.version) || (a.path < b.path ? -1 : 1));
  // A file that changes is its own predecessor.
  if (schema.change !== 'added') return { ...schema, file, earlier: lower };
  const predecessor = lower.pop();
  return predecessor === undefined ? { ...schema, file } : { ...schema, file, predecessor, earlier: lower };
}
