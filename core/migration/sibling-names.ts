import type { Json } from '../schema/json.ts';
import { memberAt } from './member.ts';
import type { ArgumentProblem } from './operation-kind.ts';

/** Names of members of one object. */
export const siblingNamesSchema: Json = {
  type: 'array',
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
  items: { type: 'string' },
};

/** An object cannot be put into itself. */
export function siblingNamesProblem(given: {
  readonly at: string;
  readonly members: readonly string[];
}): ArgumentProblem | undefined {
  const index = given.members.indexOf(memberAt(given.at).name);
  return index === -1
    ? undefined
    : {
        at: `/members/${index}`,
        problem: 'The object itself is among its members',
        remedy: 'Give the object another name, or rename the member first',
      };
}
