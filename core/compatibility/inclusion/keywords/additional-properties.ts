import { isObject, own } from '../../../schema/json.ts';
import { listKey } from '../list-key.ts';
import type { KeywordReader } from './keyword.ts';
import { objectConstraint } from './object-constraint.ts';
import { otherNames } from './other-names.ts';

export const additionalProperties: KeywordReader = {
  name: 'additionalProperties',
  read: (_, { schema, inside }) => {
    const rest = inside('additionalProperties');
    const names = keysOf(own(schema, 'properties')).sort();
    const patterns = keysOf(own(schema, 'patternProperties')).sort();
    return [
      objectConstraint(
        `properties but ${listKey(names.map((name) => JSON.stringify(name)))} like ${JSON.stringify(patterns)} ${rest.id}`,
        (formulas) => formulas.properties(otherNames(names, patterns, formulas), formulas.node(rest)),
      ),
    ];
  },
};

function keysOf(value: Parameters<typeof isObject>[0]): string[] {
  return isObject(value) ? Object.keys(value) : [];
}
