import type { KeywordReader } from './keyword.ts';
import { schemaConstraints } from './schema-constraints.ts';

export const allOf: KeywordReader = {
  name: 'allOf',
  read: (value, { read, location, insideLocation, isRecursive }) =>
    Array.isArray(value)
      ? value.flatMap((_, at) => {
          const part = insideLocation(location, 'allOf', at);
          return schemaConstraints(read(part), isRecursive(part));
        })
      : [],
};
