import { compareVersions } from '../layout/version-order.ts';
import type { Rule } from './rule.ts';

export const versionOrder: Rule = {
  id: 'version-order',
  asks: 'A new version comes after all that there are of its first number.',
  severity: 'warning',
  pullRequest: async ({ reviews, versions }) =>
    reviews.flatMap(({ path, file, change, name, comparedWith }) => {
      if (!file || change === 'removed' || (change === 'modified' && !comparedWith)) return [];
      const later = versions
        .of(file.family)
        .filter(({ side, version }) => side === 'base' && compareVersions(version, file.version) > 0)
        .filter(({ version }) => majorOf(version) === majorOf(file.version))
        .sort((a, b) => compareVersions(a.version, b.version))
        .at(-1);
      if (!later) return [];
      return [
        {
          place: { path, line: 1 },
          message: `${name} is at ${later.version} already, and nothing compares ${file.version} with that`,
          remedy: `Begin from ${later.version}, and give this the version after it.`,
        },
      ];
    }),
};

function majorOf(version: string): string {
  return /^\d+/.exec(version)?.[0] ?? '';
}
