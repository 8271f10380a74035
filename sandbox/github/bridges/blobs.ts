import { isObject, type JsonObject } from '../../../core/schema/json.ts';
import { answer, type Bridge, matches, textOf } from '../emulation.ts';

/** GraphQL for texts of many files at once: `f0: object(expression: $e0)` with `<commit>:<path>` in the variables. */
export const blobs: Bridge = async (emulation, call, next) => {
  const query = textOf(call.body?.['query']);
  const isGraphql = matches(call, 'POST', '/graphql') ?? matches(call, 'POST', '/api/graphql');
  if (!isGraphql || !/object\(expression:/.test(query) || !call.holder) return next(call);
  const variables = call.body?.['variables'];
  if (!isObject(variables)) return answer(200, { errors: [{ message: 'variables are missing' }] });
  const { token = '' } = call;
  const files: Record<string, JsonObject | null> = {};
  for (const [, field = '', variable = ''] of query.matchAll(/(\w+): object\(expression: \$(\w+)\)/g)) {
    const [commit = '', ...path] = textOf(variables[variable]).split(':');
    const address = path.join(':').split('/').map(encodeURIComponent).join('/');
    const repository = `/repos/${textOf(variables['owner'])}/${textOf(variables['repo'])}`;
    const read = { method: 'GET', path: `${repository}/contents/${address}?ref=${commit}`, token };
    const { status, data } = await emulation.request(read);
    files[field] = status === 200 && isObject(data) && data['type'] === 'file' ? blobOf(data) : null;
  }
  return answer(200, { data: { repository: files } });
};

/** As GitHub does: text is cut at 512 KB, and bytes that are no UTF-8 are replaced. */
function blobOf(file: JsonObject): JsonObject {
  const text = Buffer.from(textOf(file['content']), 'base64').toString('utf8');
  const isTruncated = file['encoding'] !== 'base64' || text.length > 512_000;
  return { text: isTruncated ? text.slice(0, 512_000) : text, isTruncated };
}
