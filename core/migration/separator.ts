import type { Json } from '../schema/json.ts';
import type { ArgumentProblem } from './operation-kind.ts';

/** What stands between the parts of a text. */
export const separatorSchema: Json = { type: 'string', minLength: 1 };

/**
 * A separator that begins as it ends, such as `--`, can be found in more than one way: `a---b` is `[a, -b]` or `[a-, b]`. Any
 * other is found in a joined text exactly where it was put, if no part contains it.
 */
export function separatorProblem({ on }: { readonly on: string }): ArgumentProblem | undefined {
  const overlaps = Array.from({ length: on.length }, (_, at) => at).some(
    (at) => at > 0 && on.endsWith(on.slice(0, at)),
  );
  return overlaps
    ? { at: '/on', problem: 'The separator begins as it ends', remedy: 'Use one that can be found in one way only' }
    : undefined;
}
