import { actionRule } from '../rule.ts';

export const duplicateAssignment = actionRule({
  id: 'duplicate-assignment',
  severity: 'error',
  summary: 'An UPDATE that assigns a column twice is refused by the server.',
  kinds: ['write'],
  *check({ assigns }) {
    const twice = assigns.find((column, index) => assigns.indexOf(column) !== index);
    if (twice === undefined) return;
    yield {
      message: `\`${twice}\` is assigned twice in one UPDATE, which PostgreSQL refuses.`,
      rewrite: '-- Keep the assignment that is meant.',
    };
  },
});
