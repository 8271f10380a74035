import { type Dialect, isSince } from '../../../schema/dialect.ts';
import { isObject } from '../../../schema/json.ts';
import { ifPresentRequire } from './dependent-required.ts';
import { ifPresentApply } from './dependent-schemas.ts';
import type { KeywordReader, ReadingOptions } from './keyword.ts';

/** Of one keyword validators of the same dialect make two things. A proof must hold for both (see `decide.ts`). */
export function hasEnded(dialect: Dialect, { dependenciesEnd }: Pick<ReadingOptions, 'dependenciesEnd'>): boolean {
  return dependenciesEnd && isSince(dialect, '2019-09');
}

/** What 2019-09 split into `dependentRequired` and `dependentSchemas`. */
export const dependencies: KeywordReader = {
  name: 'dependencies',
  read: (value, { inside, dialect, options }) =>
    isObject(value) && !hasEnded(dialect, options)
      ? Object.entries(value).flatMap(([name, member]) =>
          Array.isArray(member)
            ? member.map((other) => ifPresentRequire(name, String(other)))
            : [ifPresentApply(name, inside('dependencies', name))],
        )
      : [],
};
