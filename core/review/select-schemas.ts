import picomatch from 'picomatch';
import type { SchemaSet } from '../configuration/configuration.ts';
import type { EarlierVersion } from './layout/predecessors.ts';
import { type VersionPath, versionPath } from './layout/version-path.ts';
import type { ChangedFile } from './review.ts';

/** A schema file that is not the same in both commits. */
export interface SelectedSchema {
  readonly path: string;
  readonly previousPath?: string;
  readonly set: SchemaSet;
  readonly change: 'added' | 'modified' | 'removed';
  /** One file per version: what the path says. */
  readonly file?: VersionPath;
  /** The version that a new file is the next of, and those before that, oldest first. */
  readonly predecessor?: EarlierVersion;
  readonly earlier?: readonly EarlierVersion[];
  /** Name of the component, in an OpenAPI document. */
  readonly component?: string;
  /** It was selected because a change cannot be ruled out, and is left out of the review when there is none. */
  readonly mayBeSame?: boolean;
}

/** The set that decides about a path: the first whose glob matches. */
export function setFinder(sets: readonly SchemaSet[]): (path: string) => SchemaSet | undefined {
  // A leading dot is as good as any other name: `schemas/.draft/a.json` must not slip through.
  const matchers = sets.map((set) => ({ set, matches: picomatch(set.files, { dot: true }) }));
  return (path) => matchers.find(({ matches }) => matches(path))?.set;
}

/**
 * The schema files among the changed files. A schema that moved, with or without another change, is one modified schema as long as its
 * name stays; under another name it is another schema: one is removed, one added.
 */
export function selectSchemas(changed: readonly ChangedFile[], setOf: (path: string) => SchemaSet | undefined) {
  const selected: SelectedSchema[] = [];
  for (const { path, status, previousPath } of changed) {
    const before = status === 'added' ? undefined : (previousPath ?? path);
    const after = status === 'removed' ? undefined : path;
    const from = before === undefined ? undefined : setOf(before);
    const to = after === undefined ? undefined : setOf(after);
    if (before !== undefined && before === after) {
      if (to) selected.push({ path: before, set: to, change: 'modified' });
      continue;
    }
    if (before !== undefined && from) selected.push({ path: before, set: from, change: 'removed' });
    if (after !== undefined && to) selected.push({ path: after, set: to, change: 'added' });
  }
  return joinMoves(selected);
}

function joinMoves(selected: readonly SelectedSchema[]): SelectedSchema[] {
  const removed = selected.filter(({ change }) => change === 'removed');
  const moved = new Set<SelectedSchema>();
  const joined = selected.map((schema): SelectedSchema => {
    if (schema.change !== 'added') return schema;
    const namesakes = removed.filter((gone) => identity(gone) === identity(schema) && !moved.has(gone));
    const [from] = namesakes;
    // Two candidates: which of them moved is a guess, and a wrong one would hide a break.
    if (from === undefined || namesakes.length > 1) return schema;
    moved.add(from);
    return { ...schema, change: 'modified', previousPath: from.path };
  });
  return joined.filter((schema) => !moved.has(schema)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What must be the same for a file to be the one that was elsewhere before. */
function identity({ path, set }: SelectedSchema): string {
  const file = versionPath(path, set);
  return file ? `${file.name} ${file.version}` : schemaName(path);
}

/** Name of the schema in a file: the file's name without extension. */
export function schemaName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?:\.schema)?\.(?:json|ya?ml)$/i, '');
}
