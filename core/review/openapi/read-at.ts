import type { Tree } from '../review.ts';
import { type OpenApi, readOpenApi } from './open-api.ts';

type Readable = Pick<Tree, 'read'>;

const known = new WeakMap<Readable, Map<string, Promise<OpenApi | undefined>>>();

/** An OpenAPI document of a tree, read once for all its components. Undefined: no such file. Throws as `readOpenApi` does. */
export function openApiAt(tree: Readable, path: string): Promise<OpenApi | undefined> {
  const all = known.get(tree) ?? new Map<string, Promise<OpenApi | undefined>>();
  known.set(tree, all);
  const document = all.get(path) ?? readAt(tree, path);
  all.set(path, document);
  return document;
}

async function readAt(tree: Readable, path: string): Promise<OpenApi | undefined> {
  const text = await tree.read(path);
  return text === undefined ? undefined : readOpenApi({ path, text });
}
