import { compare } from '../compatibility/compare.ts';
import type { Comparison } from '../compatibility/comparison.ts';
import type { Target } from '../configuration/configuration.ts';
import type { SchemaBundle } from '../schema/document.ts';
import { adviseVersion } from '../versioning/advise.ts';
import { declaredVersion } from '../versioning/declared-version.ts';
import { fingerprintOfContent } from './fingerprint.ts';
import { loadSide, type Side } from './load-side.ts';
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
  const { path, previousPath, set, change, target } = selected;
  const [before, after] = await Promise.all([
    loadSide((file) => base.read(file), change === 'added' ? undefined : (previousPath ?? path)),
    loadSide((file) => head.read(file), change === 'removed' ? undefined : path),
  ]);
  if (after.state === 'unreadable' && !after.tooLarge) return { problems: [after.problem] };
  const { comparison, incomparable } = compared(before, after, selected);
  const name = schemaName(path);
  const oldVersion = versionIn(before);
  const newVersion = versionIn(after);
  const advice = comparison && adviseVersion({ comparison, oldVersion, newVersion });
  const { migration, parsed, problems } = await reviewMigration({
    name,
    set,
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
    previousPath,
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
      ...(selected.through === undefined ? {} : { through: selected.through }),
      set,
      change,
      oldText,
      newText,
      ...files,
      oldVersion,
      newVersion,
      comparison,
      ...(incomparable === undefined ? {} : { incomparable }),
      verdict:
        comparison?.verdict ?? (change === 'modified' ? 'undecided' : change === 'added' ? 'compatible' : 'breaking'),
      advice,
      fingerprint: fingerprintOfContent({ ...content, migration: parsed }),
      migration,
    },
  };
}

function compared(
  before: Side,
  after: Side,
  { set }: SelectedSchema,
): { comparison?: Comparison; incomparable?: string } {
  if (before.state === 'loaded' && after.state === 'loaded') {
    const { compatibility: mode, formatAssertion, producers = 'open' } = set;
    return { comparison: compare(before.bundle, after.bundle, { mode, formatAssertion, producers }) };
  }
  if (after.state === 'unreadable') return { incomparable: after.problem.problem };
  if (before.state === 'unreadable') {
    return { incomparable: `The version on the base branch cannot be read: ${before.problem.problem}` };
  }
  return {};
}

function versionIn(side: Side): string | undefined {
  return side.state === 'loaded' ? declaredVersion(side.bundle.root) : undefined;
}

function textOf(side: Side): string | undefined {
  return side.state === 'absent' ? undefined : side.text;
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
