import type { IgnoreRule } from '../rule.ts';

export const unusedIgnore: IgnoreRule = {
  id: 'unused-ignore',
  severity: 'warning',
  summary: 'An ignore comment that matches nothing hides the next problem of its kind.',
  scope: 'ignore',
  *check({ rules, used, unknown }) {
    for (const rule of rules.filter((id) => !used.includes(id))) {
      yield {
        message: unknown.includes(rule) ? `There is no rule \`${rule}\`.` : `\`${rule}\` has nothing to say here.`,
        rewrite: '-- Delete the comment, or put it right before the statement that it is about.',
      };
    }
  },
};
