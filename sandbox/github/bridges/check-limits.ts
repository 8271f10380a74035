import { isObject, type Json, own } from '../../../core/schema/json.ts';
import { type Bridge, type Call, matches, refusal, textOf } from '../emulation.ts';

/** GitHub's limits on a check run, refused as GitHub refuses them, and its way of adding annotations to those of earlier requests. */
export const checkLimits: Bridge = async (emulation, call, next) => {
  const updated = matches(call, 'PATCH', '/repos/:owner/:repo/check-runs/:id');
  if (!updated && !matches(call, 'POST', '/repos/:owner/:repo/check-runs')) return next(call);
  const reason = overLimit(call);
  if (reason !== undefined) return refusal(422, reason);
  const earlier = emulation.store.checkRuns.get(Number(updated?.['id']))?.output.annotations ?? [];
  // A conclusion completes a check run, said or not.
  const completed = call.body?.['conclusion'] === undefined ? {} : { status: 'completed' };
  const response = await next({ ...call, body: { ...call.body, ...completed, ...namedActions(call) } });
  const run = emulation.store.checkRuns.get(Number(updated?.['id']));
  if (run && response.ok && earlier.length > 0 && call.body?.['output'] !== undefined) {
    const annotations = [...earlier, ...run.output.annotations];
    emulation.store.checkRuns.update(run.id, {
      output: { ...run.output, annotations, annotations_count: annotations.length },
    });
  }
  return response;
};

function overLimit(call: Call): string | undefined {
  const output = call.body?.['output'];
  const actions = call.body?.['actions'];
  if (Array.isArray(actions) && actions.length > 3) return 'Only 3 actions are allowed per check run';
  if (Array.isArray(actions) && actions.some(tooLong))
    return 'An action is too long: label 20, description 40, identifier 20 characters';
  if (!isObject(output)) return undefined;
  const annotations = own(output, 'annotations');
  if (Array.isArray(annotations) && annotations.length > 50) return 'Only 50 annotations are allowed per request';
  const long = ['summary', 'text'].find((name) => textOf(own(output, name)).length > 65_535);
  if (long !== undefined)
    return `Only 65535 characters are allowed; ${textOf(own(output, long)).length} were supplied.`;
  if (typeof own(output, 'title') !== 'string' || typeof own(output, 'summary') !== 'string')
    return 'title and summary are required';
  return undefined;
}

function tooLong(action: Json): boolean {
  if (!isObject(action)) return true;
  const length = (name: string): number => textOf(own(action, name)).length;
  return length('label') > 20 || length('description') > 40 || length('identifier') > 20 || length('identifier') === 0;
}

/** GitHub's field is `identifier`, the emulator's `id`. */
function namedActions(call: Call): { actions?: Json } {
  const actions = call.body?.['actions'];
  if (!Array.isArray(actions)) return {};
  return {
    actions: actions.map((action: Json) =>
      isObject(action) ? { ...action, id: own(action, 'identifier') ?? null } : action,
    ),
  };
}
