import { isObject, own } from '../../../core/schema/json.ts';
import { type Bridge, matches, rewritten } from '../emulation.ts';

const mostAsJson = 1024 * 1024;

/** Files over 1 MB come without content, and the raw media type comes as text, as GitHub sends them. */
export const contentsLimits: Bridge = async (_emulation, call, next) => {
  if (!matches(call, 'GET', '/repos/:owner/:repo/contents/:path*')) return next(call);
  const response = await next(call);
  if (response.ok && /application\/vnd\.github(\.v3)?\.raw/.test(call.headers.get('accept') ?? '')) {
    const headers = new Headers(response.headers);
    if (headers.get('content-type') === 'application/octet-stream') {
      headers.set('content-type', 'application/vnd.github.raw+json; charset=utf-8');
    }
    return new Response(response.body, { status: response.status, headers });
  }
  return rewritten(response, (file) =>
    isObject(file) && Number(own(file, 'size') ?? 0) > mostAsJson ? { ...file, content: '', encoding: 'none' } : file,
  );
};
