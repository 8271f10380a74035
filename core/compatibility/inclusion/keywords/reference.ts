import { opaqueConstraint } from '../opaque-constraint.ts';
import type { ReferenceKeyword } from '../read/follow.ts';
import type { KeywordReader } from './keyword.ts';
import { schemaConstraints } from './schema-constraints.ts';

/** A reference means what it leads to. One that leads out of the bundle is only equal to the same address. */
function referenceKeyword(name: ReferenceKeyword): KeywordReader {
  return {
    name,
    read: (value, { location, follow, read, isRecursive, remoteName, pointer }) => {
      if (typeof value !== 'string') return [];
      const target = follow(location, name, value);
      if (target) return schemaConstraints(read(target), isRecursive(target));
      const remote = remoteName(value);
      return [
        opaqueConstraint(
          remote === undefined ? Symbol(value) : `remote ${remote}`,
          remote === undefined
            ? `${name} ${value} leads nowhere`
            : `${name} ${value} leads out of the repository, and nothing is fetched`,
          pointer,
        ),
      ];
    },
  };
}

export const reference = referenceKeyword('$ref');
export const dynamicReference = referenceKeyword('$dynamicRef');
export const recursiveReference = referenceKeyword('$recursiveRef');
