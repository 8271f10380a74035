import { actionRule } from '../rule.ts';

export const uncheckedBlock = actionRule({
  id: 'unchecked-block',
  severity: 'advice',
  summary: 'SQL that is put together at run time, or written in another language, cannot be checked.',
  kinds: ['dynamic-sql'],
  *check() {
    yield {
      message: 'What this runs is known only when it runs: none of the rules has looked at it.',
      rewrite: '-- Write the statements out, or say in an ignore comment what they do.',
    };
  },
});
