import { actionRule } from '../rule.ts';

const widest = 3;

export const wideIndex = actionRule({
  id: 'wide-index',
  severity: 'advice',
  summary: 'An index over more than three columns is seldom faster to read and always slower to write.',
  kinds: ['create-index'],
  upOnly: true,
  *check({ unique, columns }) {
    if (unique || columns.length <= widest) return;
    yield {
      message: `The index has ${columns.length} columns: every write pays for all of them, and reads seldom gain after the third.`,
      rewrite:
        '-- Index the columns that narrow the result most; others fit into INCLUDE (…) if an index-only scan needs them.',
    };
  },
});
