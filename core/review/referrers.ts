import type { SchemaSet } from '../configuration/configuration.ts';
import { parseSchema } from '../schema/parse.ts';
import { unreachable } from '../unreachable.ts';
import { loadSide, type Side } from './load-side.ts';
import { mapInParallel } from './map-in-parallel.ts';
import { allComponents } from './openapi/component.ts';
import type { ChangedFile, Tree } from './review.ts';
import type { SelectedSchema } from './select-schemas.ts';

/** A schema whose own file is the same in both commits, but not all that it refers to. */
export interface Referrer extends SelectedSchema {
  readonly through: readonly string[];
}

/** A reference to another file, in JSON or YAML, quoted or not, or one spelled with escapes. Matches too much rather than too little. */
const outwardReference = /\\[ux]|\$(?:dynamicRef|recursiveRef|ref)["']?\s*:\s*(?![\s"'>|&!-]*#)/;

/**
 * Schemas that reach a changed file by `$ref`, directly or through others. Every schema of the head commit that refers to another file is
 * looked at, since a reference can go anywhere in the repository; nothing is read when no changed file can be part of a schema.
 */
export async function findReferrers(
  base: Tree,
  head: Tree,
  changed: readonly ChangedFile[],
  setOf: (path: string) => SchemaSet | undefined,
): Promise<Referrer[]> {
  const touched = new Set(
    changed
      .flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath]))
      .filter((path) => mayBePartOfSchema(path) || setOf(path) !== undefined),
  );
  if (touched.size === 0) return [];
  const candidates = (await head.list()).filter((path) => !touched.has(path) && setOf(path) !== undefined);
  await head.prefetch?.(candidates);
  const found = await mapInParallel(candidates, async (path): Promise<Referrer | undefined> => {
    const text = await head.read(path).catch(() => undefined);
    if (text !== undefined && !outwardReference.test(text)) return undefined;
    const set = setOf(path);
    if (!set) return undefined;
    const through = await reachedThrough(
      base,
      head,
      path,
      touched,
      set.layout === 'openapi' ? allComponents : parseSchema,
    );
    return through.length === 0 ? undefined : { path, set, change: 'modified', through };
  });
  return found.filter((referrer) => referrer !== undefined);
}

/** A change there is a change of what the file's text means to a schema only if a schema can refer to it. */
function mayBePartOfSchema(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const isOtherData = path.startsWith('.github/') || /^(?:package-lock|npm-shrinkwrap)\.json$/.test(name);
  return !isOtherData && (/\.(?:json|ya?ml|jsonschema)$/i.test(name) || !name.includes('.'));
}

async function reachedThrough(
  base: Tree,
  head: Tree,
  path: string,
  touched: ReadonlySet<string>,
  parse: typeof allComponents,
): Promise<readonly string[]> {
  const [before, after] = await Promise.all([
    // A file that was not touched is the same on both sides, and known from one.
    loadSide((file) => (touched.has(file) ? base : head).read(file), path, parse),
    loadSide((file) => head.read(file), path, parse),
  ]);
  const reached = [...new Set([...reachedBy(before, touched), ...reachedBy(after, touched)])].sort();
  if (reached.length > 0) return reached;
  // Broken by this change, though what broke it cannot be told: a file it needs is gone.
  return before.state === 'loaded' && after.state === 'unreadable' ? [after.problem.place.path] : [];
}

function reachedBy(side: Side, touched: ReadonlySet<string>): string[] {
  switch (side.state) {
    case 'loaded':
      return [...side.bundle.files.keys()].filter((path) => touched.has(path));
    case 'unreadable':
      return touched.has(side.problem.place.path) ? [side.problem.place.path] : [];
    case 'absent':
      return [];
    default:
      return unreachable(side);
  }
}
