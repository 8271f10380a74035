import { compareVersions } from '../layout/version-order.ts';
import type { Rule } from './rule.ts';

export const versionTaken: Rule = {
  id: 'version-taken',
  asks: 'A version has one file: none that is published already, and none twice.',
  severity: 'error',
  inlineWaivers: false,
  pullRequest: async ({ reviews, versions }) =>
    reviews.flatMap(({ path, previousPath, file, change, name }) => {
      if (!file || change === 'removed') return [];
      const other = versions
        .of(file.family)
        .find(
          (one) => one.path !== path && one.path !== previousPath && compareVersions(one.version, file.version) === 0,
        );
      if (!other) return [];
      return [
        {
          place: { path, line: 1 },
          message: `Version ${file.version} of ${name} is in \`${other.path}\` as well`,
          remedy: other.side === 'base' ? 'Give this one the next version.' : 'Keep one of the two files.',
        },
      ];
    }),
};
