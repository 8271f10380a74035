import { isObject, type JsonObject } from '../../../core/schema/json.ts';
import { answer, type Bridge, type Emulation, findRepo, matches, textOf } from '../emulation.ts';
import type { BlobRow, TreeEntry } from '../store.ts';
import { filesOf } from './merge-trees.ts';

/** GraphQL for texts of many files at once: `f0: object(expression: $e0)` with `<commit>:<path>` in the variables. */
export const blobs: Bridge = async (emulation, call, next) => {
  const query = textOf(call.body?.['query']);
  const isGraphql = matches(call, 'POST', '/graphql') ?? matches(call, 'POST', '/api/graphql');
  if (!isGraphql || !/object\(expression:/.test(query) || !call.holder) return next(call);
  const variables = call.body?.['variables'];
  if (!isObject(variables)) return answer(200, { errors: [{ message: 'variables are missing' }] });
  const [owner, name] = [textOf(variables['owner']), textOf(variables['repo'])];
  const { token = '' } = call;
  const seen = await emulation.request({ method: 'GET', path: `/repos/${owner}/${name}`, token });
  const repo = seen.status === 200 ? findRepo(emulation.store, owner, name) : undefined;
  if (!repo) return answer(200, { data: { repository: null } });
  const files: Record<string, JsonObject | null> = {};
  for (const [, field = '', variable = ''] of query.matchAll(/(\w+): object\(expression: \$(\w+)\)/g)) {
    const [commit = '', ...path] = textOf(variables[variable]).split(':');
    const entry = filesAt(emulation, repo.id, commit).get(path.join(':'));
    const blob = entry && emulation.store.blobs.findBy('sha', entry.sha).find(({ repo_id }) => repo_id === repo.id);
    files[field] = blob && entry.mode !== '120000' ? blobOf(blob) : null;
  }
  return answer(200, { data: { repository: files } });
};

/** A commit never changes: its files are worked out once. */
function filesAt({ store, notes }: Emulation, repo: number, commit: string): ReadonlyMap<string, TreeEntry> {
  const note = `files of ${repo} at ${commit}`;
  const known = notes.get(note) as ReadonlyMap<string, TreeEntry> | undefined;
  if (known) return known;
  const row = store.commits.findBy('sha', commit).find(({ repo_id }) => repo_id === repo);
  const files = row === undefined ? new Map<string, TreeEntry>() : filesOf(store, repo, row.tree_sha);
  notes.set(note, files);
  return files;
}

/** As GitHub does: text is cut at 512 KB, and bytes that are no UTF-8 are replaced. */
function blobOf({ content, encoding }: BlobRow): JsonObject {
  const text = encoding === 'base64' ? Buffer.from(content, 'base64').toString('utf8') : content;
  const isTruncated = text.length > 512_000;
  return { text: isTruncated ? text.slice(0, 512_000) : text, isTruncated };
}
