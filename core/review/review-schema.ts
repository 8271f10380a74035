import type { Comparison } from '../compatibility/comparison.ts';
import { isTransitive } from '../compatibility/mode.ts';
import type { Target } from '../configuration/configuration.ts';
import type { MigrationScript } from '../migration/script.ts';
import type { SchemaBundle } from '../schema/document.ts';
import { adviseVersion } from '../versioning/advise.ts';
import { declaredVersion } from '../versioning/declared-version.ts';
import { compareSides, type EarlierSide, mostEarlier } from './compare-sides.ts';
import { fingerprintOfContent } from './fingerprint.ts';
import { loadComponent, loadSide, type Side } from './load-side.ts';
import { mapInParallel } from './map-in-parallel.ts';
import { documentVersion, mistakenForSchema } from './openapi/open-api.ts';
import type { Problem, SchemaReview, Tree } from './review.ts';
import { reviewMigration } from './review-migration.ts';
import { type SelectedSchema, schemaName } from './select-schemas.ts';

/** A schema reviewed; without a review when the head's file is no schema, which the problems say. */
export interface ReviewedSchema {
  readonly review?: SchemaReview;
  /** The new version with all it refers to. */
  readonly bundle?: SchemaBundle;
  readonly problems: readonly Problem[];
}

/** What a pull request does to one schema, from the files of both commits alone. */
export async function reviewSchema(
  selected: SelectedSchema & { readonly through?: readonly string[]; readonly target?: Target | undefined },
  base: Pick<Tree, 'read'>,
  head: Pick<Tree, 'read'>,
): Promise<ReviewedSchema> {
  const { path, previousPath, set, target, file, predecessor, component } = selected;
  const [before, after, earlier] = await Promise.all([
    loadOld(selected, base, head),
    load(selected, head, selected.change === 'removed' ? undefined : path),
    loadEarlier(selected, base, head),
  ]);
  if (after.state === 'unreadable' && !after.tooLarge) return { problems: [after.problem] };
  const mistaken =
    after.state === 'loaded' && component === undefined ? mistakenForSchema(after.bundle.root) : undefined;
  if (mistaken) return { problems: [mistaken] };
  // To readers a version is what its schema becomes next, though git sees a new file.
  const change = predecessor === undefined ? selected.change : 'modified';
  const { comparison, incomparable } = compareSides(before, after, earlier, set);
  if (selected.mayBeSame === true && comparison && isSame(comparison)) return { problems: [] };
  const name = component ?? file?.name ?? schemaName(path);
  const oldVersion =
    predecessor?.version ?? (before.state === 'absent' ? undefined : file?.version) ?? versionIn(before, component);
  const newVersion = (after.state === 'absent' ? undefined : file?.version) ?? versionIn(after, component);
  const advice = comparison && adviseVersion({ comparison, oldVersion, newVersion });
  const { migration, parsed, problems } = await reviewMigration({
    name,
    set,
    target,
    old: before.state === 'loaded' ? before.bundle : undefined,
    new: after.state === 'loaded' ? after.bundle : undefined,
    comparison,
    oldVersion,
    newVersion,
    recommended: advice?.recommended,
    read: (file) => head.read(file),
  });
  const oldText = textOf(before);
  const newText = textOf(after);
  const files = { ...filesOf('oldFiles', before), ...filesOf('newFiles', after) };
  const content = {
    path,
    component,
    set,
    target,
    change,
    oldVersion,
    newVersion,
    comparison,
    oldText,
    newText,
    ...files,
  };
  return {
    problems,
    ...(after.state === 'loaded' ? { bundle: after.bundle } : {}),
    review: {
      name,
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      ...(predecessor ? { comparedWith: { path: predecessor.path, version: predecessor.version } } : {}),
      ...(component === undefined ? {} : { component }),
      ...(file === undefined ? {} : { file }),
      ...(selected.through === undefined ? {} : { through: selected.through }),
      set,
      change,
      oldText,
      newText,
      ...files,
      ...withScript(files.newFiles, parsed?.script),
      oldVersion,
      newVersion,
      comparison,
      ...(incomparable === undefined ? {} : { incomparable }),
      verdict:
        comparison?.verdict ?? (change === 'modified' ? 'undecided' : change === 'added' ? 'compatible' : 'breaking'),
      advice,
      fingerprint: fingerprintOfContent({
        ...content,
        previousPath: previousPath ?? predecessor?.path,
        earlier: textsOfEarlier(earlier ?? []),
        migration: parsed,
      }),
      migration,
    },
  };
}

function load({ component }: SelectedSchema, tree: Pick<Tree, 'read'>, path: string | undefined): Promise<Side> {
  return component === undefined ? loadSide((file) => tree.read(file), path) : loadComponent(tree, path, component);
}

function isSame({ changes, backward, forward }: Comparison): boolean {
  return changes.length === 0 && backward.verdict === 'compatible' && forward.verdict === 'compatible';
}

function loadOld(selected: SelectedSchema, base: Pick<Tree, 'read'>, head: Pick<Tree, 'read'>): Promise<Side> {
  const { path, previousPath, change, predecessor } = selected;
  if (predecessor === undefined) {
    return load(selected, base, change === 'added' ? undefined : (previousPath ?? path));
  }
  const tree = predecessor.side === 'base' ? base : head;
  return loadSide((file) => tree.read(file), predecessor.path);
}

/** The versions before the predecessor that the mode asks about; undefined where no file keeps them. */
async function loadEarlier(
  { set, file, earlier = [] }: SelectedSchema,
  base: Pick<Tree, 'read'>,
  head: Pick<Tree, 'read'>,
): Promise<EarlierSide[] | undefined> {
  if (!isTransitive(set.compatibility)) return [];
  if (file === undefined) return undefined;
  const latest = new Set(earlier.slice(-mostEarlier));
  return mapInParallel(earlier, async (of): Promise<EarlierSide> => {
    const tree = of.side === 'base' ? base : head;
    return { of, side: latest.has(of) ? await loadSide((path) => tree.read(path), of.path) : { state: 'absent' } };
  });
}

function versionIn(side: Side, component: string | undefined): string | undefined {
  if (side.state !== 'loaded') return undefined;
  const { root } = side.bundle;
  return component === undefined ? declaredVersion(root) : documentVersion(root);
}

function textOf(side: Side): string | undefined {
  return side.state === 'absent' ? undefined : side.text;
}

function textsOfEarlier(earlier: readonly EarlierSide[]): Record<string, string> {
  return Object.fromEntries(
    earlier.flatMap(({ of, side }) =>
      side.state === 'loaded' ? [[of.path, side.text], ...Object.entries(textsOf(side.bundle))] : [],
    ),
  ) as Record<string, string>;
}

function filesOf<Name extends 'oldFiles' | 'newFiles'>(
  name: Name,
  side: Side,
): { [name in Name]?: Record<string, string> } {
  if (side.state !== 'loaded' || side.bundle.files.size === 0) return {};
  return { [name]: textsOf(side.bundle) } as { [name in Name]: Record<string, string> };
}

function textsOf(bundle: SchemaBundle): Record<string, string> {
  return Object.fromEntries([...bundle.files].map(([path, { text }]) => [path, text]));
}

/** The text of a migration's script goes with the files of the new version, to whoever runs it or reviews it again. */
function withScript(newFiles: Record<string, string> | undefined, script: MigrationScript | undefined) {
  return script === undefined ? {} : { newFiles: { ...newFiles, [script.path]: script.text } };
}
