import type { TextRule } from '../rule.ts';

export const syntaxError: TextRule = {
  id: 'syntax-error',
  severity: 'error',
  summary: 'PostgreSQL does not understand the file.',
  scope: 'text',
  *check(complaint) {
    yield { message: `PostgreSQL does not understand this: ${complaint}. Nothing else in the file was checked.` };
  },
};
