import { InputError } from '../../input-error.ts';
import { canonicalJson } from '../../schema/canonical.ts';
import { problemOf } from '../load-side.ts';
import { mapInParallel } from '../map-in-parallel.ts';
import type { Problem, Tree } from '../review.ts';
import type { SelectedSchema } from '../select-schemas.ts';
import { closureOf } from './component.ts';
import { factsOf } from './component-facts.ts';
import type { OpenApi } from './open-api.ts';
import { openApiAt } from './read-at.ts';

type Document = { readonly openApi: OpenApi } | { readonly problem: Problem } | undefined;

/** Puts the components that changed in the place of OpenAPI documents that did. Other schemas pass through. */
export async function expandOpenApi<Schema extends SelectedSchema>(
  selected: readonly Schema[],
  base: Pick<Tree, 'read'>,
  head: Pick<Tree, 'read'>,
): Promise<{ readonly schemas: readonly Schema[]; readonly problems: readonly Problem[] }> {
  const parts = await mapInParallel(selected, async (schema) => {
    if (schema.set.layout !== 'openapi') return { schemas: [schema], problems: [] };
    const { path, previousPath, change } = schema;
    const [before, after] = await Promise.all([
      change === 'added' ? undefined : readDocument(base, previousPath ?? path),
      change === 'removed' ? undefined : readDocument(head, path),
    ]);
    return componentsOf(schema, before, after);
  });
  return { schemas: parts.flatMap(({ schemas }) => schemas), problems: parts.flatMap(({ problems }) => problems) };
}

function componentsOf<Schema extends SelectedSchema>(
  schema: Schema,
  before: Document,
  after: Document,
): { schemas: Schema[]; problems: Problem[] } {
  if (after && 'problem' in after) return { schemas: [], problems: [after.problem] };
  const now = after?.openApi;
  if (before && 'problem' in before) {
    // What was there cannot be told: nothing of it is proved to have stayed.
    const names = now ? Object.keys(now.components) : [];
    if (!now) return { schemas: [schema], problems: [] };
    return { schemas: names.map((component) => ({ ...schema, component, change: 'modified' as const })), problems: [] };
  }
  const old = before?.openApi;
  const names = [...new Set([old, now].flatMap((document) => Object.keys(document?.components ?? {})))].sort();
  const schemas = names.flatMap((component): Schema[] => {
    const [was, is] = [old, now].map((document) => document && Object.hasOwn(document.components, component));
    if (!was) return [{ ...schema, component, change: 'added' }];
    if (!is) return [{ ...schema, component, change: 'removed' }];
    const [left, right] = [old, now].map((document) => document && meaningOf(document, component));
    if (left?.text === right?.text && left?.alone && right?.alone) return [];
    return [{ ...schema, component, change: 'modified', mayBeSame: true }];
  });
  return { schemas, problems: [] };
}

/** A text that is the same when nothing changed, as long as the component needs nothing but other components. */
function meaningOf(openApi: OpenApi, name: string): { text: string; alone: boolean } {
  const { names, leavesComponents } = closureOf(openApi, [name]);
  const parts = names.map((each) => [each, factsOf(openApi, each).fingerprint]);
  return { text: canonicalJson([openApi.document.dialect, parts]), alone: !leavesComponents };
}

async function readDocument(tree: Pick<Tree, 'read'>, path: string): Promise<Document> {
  try {
    const openApi = await openApiAt(tree, path);
    return openApi && { openApi };
  } catch (error) {
    if (error instanceof InputError) return { problem: problemOf(error, path) };
    throw error;
  }
}
