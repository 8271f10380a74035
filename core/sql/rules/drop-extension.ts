import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const dropExtension = actionRule({
  id: 'drop-extension',
  severity: 'warning',
  summary: 'Types, functions and indexes of the extension go with it.',
  kinds: ['drop'],
  upOnly: true,
  *check({ object, of, cascade }, known) {
    if (object !== 'extension' || known.created.has(`extension ${keyOf(of)}`)) return;
    yield {
      message: `Clients that use types or functions of \`${quoteName(of)}\` fail from this moment on.${cascade ? ' CASCADE drops columns and indexes that use them, with their data.' : ''}`,
      ...(cascade ? { severity: 'error' as const } : {}),
      rewrite: '-- First move columns, indexes and defaults away from it; drop it in a later migration.',
    };
  },
});
