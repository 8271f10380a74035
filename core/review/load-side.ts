import { InputError } from '../input-error.ts';
import { loadBundle } from '../schema/bundle.ts';
import type { SchemaBundle, SchemaDocument } from '../schema/document.ts';
import { LimitExceeded } from '../schema/limits.ts';
import { parseSchema } from '../schema/parse.ts';
import { componentDocument, refuseOtherMeanings } from './openapi/component.ts';
import { openApiAt } from './openapi/read-at.ts';
import type { Problem, Tree } from './review.ts';

/** One version of a schema with all it refers to, or why there is none. */
export type Side =
  | { readonly state: 'loaded'; readonly text: string; readonly bundle: SchemaBundle }
  | { readonly state: 'absent' }
  /** `text` is undefined when not even that could be read. `tooLarge`: it may be right, Sluice does not read as much. */
  | {
      readonly state: 'unreadable';
      readonly text: string | undefined;
      readonly problem: Problem;
      readonly tooLarge: boolean;
    };

type Read = (path: string) => Promise<string | undefined>;

/** Reads one version of a schema. What a person did wrong comes back as data; anything else throws. */
export async function loadSide(
  read: Read,
  path: string | undefined,
  parse: (file: { path: string; text: string }) => SchemaDocument = parseSchema,
): Promise<Side> {
  if (path === undefined) return { state: 'absent' };
  let text: string | undefined;
  try {
    text = await read(path);
    if (text === undefined) return { state: 'absent' };
    const bundle = await loadBundle(parse({ path, text }), read);
    return { state: 'loaded', text, bundle };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { state: 'unreadable', text, problem: problemOf(error, path), tooLarge: error instanceof LimitExceeded };
  }
}

/** The same of one component of an OpenAPI document. */
export async function loadComponent(tree: Pick<Tree, 'read'>, path: string | undefined, name: string): Promise<Side> {
  if (path === undefined) return { state: 'absent' };
  try {
    const openApi = await openApiAt(tree, path);
    if (!openApi || !Object.hasOwn(openApi.components, name)) return { state: 'absent' };
    const bundle = await loadBundle(componentDocument(openApi, name), (file) => tree.read(file));
    return { state: 'loaded', text: openApi.document.text, bundle: refuseOtherMeanings(bundle) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const text = await tree.read(path).catch(() => undefined);
    return { state: 'unreadable', text, problem: problemOf(error, path), tooLarge: error instanceof LimitExceeded };
  }
}

/** An `InputError` as data; its place is the file when it names none. */
export function problemOf(error: InputError, path: string): Problem {
  return { place: error.place ?? { path }, problem: error.problem, remedy: error.remedy };
}
