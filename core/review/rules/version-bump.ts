import type { Rule } from './rule.ts';

export const versionBump: Rule = {
  id: 'version-bump',
  asks: 'The version goes up at least as far as the change asks for.',
  severity: 'error',
  schema: ({ review: { path, advice, verdict, file, comparedWith, component }, bundle }) => {
    // A published file that changes has no version to go to.
    if (!advice || advice.honest || !bundle || (file && !comparedWith)) return [];
    const { declared, recommended, bump } = advice;
    const place = { path, ...bundle.root.locate(component === undefined ? '/version' : '/info/version') };
    if (declared === undefined) {
      const remedy =
        recommended === undefined
          ? 'Say which version it is.'
          : `Write "version": "${recommended}"${component === undefined ? '' : ' in "info"'}.`;
      return [{ place, message: 'The schema no longer names its version', remedy }];
    }
    const what = verdict === 'compatible' ? `a ${bump} change` : 'a change that can break others';
    const remedy = recommended === undefined ? 'Raise it.' : `${file ? 'Name the file for' : 'Write'} ${recommended}.`;
    return [{ place, message: `Version ${declared} is too low for ${what}`, remedy }];
  },
};
