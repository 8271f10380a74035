import { isObject } from '../../../schema/json.ts';
import { ifPresentRequire } from './dependent-required.ts';
import { ifPresentApply } from './dependent-schemas.ts';
import type { KeywordReader } from './keyword.ts';

/** What 2019-09 split into `dependentRequired` and `dependentSchemas`. */
export const dependencies: KeywordReader = {
  name: 'dependencies',
  read: (value, { inside }) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, member]) =>
          Array.isArray(member)
            ? member.map((other) => ifPresentRequire(name, String(other)))
            : [ifPresentApply(name, inside('dependencies', name))],
        )
      : [],
};
