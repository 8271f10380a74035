import type { Rule } from './rule.ts';

export const versionMissing: Rule = {
  id: 'version-missing',
  asks: 'A new schema names its version.',
  // Many have schemas and publish none.
  severity: 'off',
  schema: ({ review: { path, change, newVersion, component }, bundle }) => {
    if (change !== 'added' || newVersion !== undefined || component !== undefined || !bundle) return [];
    return [
      {
        place: { path, ...bundle.root.locate('') },
        message: 'The schema names no version, so no version of it is published and nobody can pin one',
        remedy: 'Write "version": "1.0.0".',
      },
    ];
  },
};
