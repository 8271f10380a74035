import type { Json } from '../../../core/schema/json.ts';
import { type Bridge, rewritten } from '../emulation.ts';

/** GitHub's times are whole seconds. The emulator takes two in a row for a new comment, which then looks edited a millisecond later. */
export const commentTimes: Bridge = async (_emulation, call, next) => {
  const response = await next(call);
  if (!/^\/repos\/[^/]+\/[^/]+\/issues\/(?:comments\/\d+|\d+\/comments)$/.test(call.path)) return response;
  return rewritten(response, (data) => JSON.parse(wholeSeconds(data)));
};

function wholeSeconds(data: Json): string {
  return JSON.stringify(data).replace(/"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{3}Z"/g, '"$1Z"');
}
