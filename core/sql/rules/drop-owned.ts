import { actionRule } from '../rule.ts';

export const dropOwned = actionRule({
  id: 'drop-owned',
  severity: 'error',
  summary: 'DROP OWNED drops whatever the role happens to own, tables included.',
  kinds: ['drop-owned'],
  *check() {
    yield {
      message:
        'Everything that the role owns in this database is dropped, tables with their rows included: what that is, the file does not say.',
      rewrite: '-- REASSIGN OWNED BY … TO … keeps the objects; or drop by name what is meant.',
    };
  },
});
