import type { IgnoreRule } from '../rule.ts';

export const ignoreWithoutReason: IgnoreRule = {
  id: 'ignore-without-reason',
  severity: 'error',
  summary: 'An ignore comment without a reason ignores nothing.',
  scope: 'ignore',
  *check({ rules, reason }) {
    if (rules.length === 0) {
      yield { message: 'The comment does not say which rule to ignore.', rewrite: '-- sluice-ignore <rule>: <reason>' };
    } else if (reason === '') {
      yield {
        message: 'The comment gives no reason, so it ignores nothing.',
        rewrite: `-- sluice-ignore ${rules.join(', ')}: <why this is safe here>`,
      };
    }
  },
};
