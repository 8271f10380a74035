import { changeVerdict } from '../../review/asked.ts';
import type { SchemaReview } from '../../review/review.ts';
import { laidOut } from './laid-out.ts';
import { type DiffRow, type Hunk, textDiff } from './text-diff.ts';

/** Where one file that a schema consists of differs between its two versions. */
export interface FileDiff {
  readonly path: string;
  readonly previousPath?: string;
  readonly hunks: readonly MarkedHunk[];
  /** Whether lines have the numbers that they have in the file: not when it was laid out anew to be read. */
  readonly numbered: boolean;
}

export type MarkedRow = DiffRow & { readonly breaks: boolean };
export type MarkedHunk = Omit<Hunk, 'rows'> & { readonly rows: readonly MarkedRow[] };

const known = new WeakMap<SchemaReview, readonly FileDiff[]>();

/** Both versions side by side: the schema's own file, and those it reaches by `$ref`. Empty for what is new or gone. */
export function schemaDiff(schema: SchemaReview): readonly FileDiff[] {
  const diffs = known.get(schema) ?? compute(schema);
  known.set(schema, diffs);
  return diffs;
}

function compute(schema: SchemaReview): FileDiff[] {
  const { path, previousPath, oldText, newText, oldFiles = {}, newFiles = {} } = schema;
  if (schema.change !== 'modified') return [];
  const own = fileDiff(schema, { path, previousPath: previousPath ?? path, before: oldText, after: newText });
  const others = [...new Set([...Object.keys(oldFiles), ...Object.keys(newFiles)])]
    .filter((each) => each !== path && each !== previousPath)
    .sort()
    .map((each) =>
      fileDiff(schema, { path: each, previousPath: each, before: oldFiles[each], after: newFiles[each] ?? '' }),
    );
  return [own, ...others].filter((diff) => diff !== undefined);
}

function fileDiff(
  schema: SchemaReview,
  file: { path: string; previousPath: string; before: string | undefined; after: string | undefined },
): FileDiff | undefined {
  const { path, previousPath, before = '', after } = file;
  // A file that only one version reaches is not a change of that file.
  if (after === undefined || before === after || before === '' || after === '') return undefined;
  const language = /\.ya?ml$/i.test(path) ? 'yaml' : 'json';
  const [old, next] = language === 'json' ? [laidOut(before), laidOut(after)] : [before, after];
  const numbered = old === before && next === after;
  const breaking = numbered ? breakingLines(schema) : new Set<string>();
  const hunks = textDiff(old, next, language).map((hunk) => ({
    ...hunk,
    rows: hunk.rows.map((row) => ({
      ...row,
      breaks:
        row.word !== 'same' &&
        (breaking.has(`old ${previousPath} ${row.old?.line}`) || breaking.has(`new ${path} ${row.new?.line}`)),
    })),
  }));
  return { path, ...(previousPath === path ? {} : { previousPath }), hunks, numbered };
}

function breakingLines({ set, comparison }: SchemaReview): Set<string> {
  return new Set(
    (comparison?.changes ?? [])
      .filter((change) => changeVerdict(set.compatibility, change) !== 'compatible')
      .map(({ side, path, line }) => `${side} ${path} ${line}`),
  );
}
