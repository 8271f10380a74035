import { defaultNaming, versionPath } from '../layout/version-path.ts';
import type { Rule } from './rule.ts';

export const versionInPath: Rule = {
  id: 'version-in-path',
  asks: 'Where every version has a file of its own, the path says which version it is.',
  severity: 'error',
  schema: ({ review: { path, set, change } }) => {
    if (set.layout !== 'immutable' || change === 'removed' || versionPath(path, set)) return [];
    const naming = set.naming ?? defaultNaming;
    return [
      {
        place: { path, line: 1 },
        message: `The path does not end as \`${naming}\` says, so it was compared as a file that changes in place`,
        remedy: 'Rename the file, or leave it out of `files`.',
      },
    ];
  },
};
