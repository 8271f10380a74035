import type { Rule } from './rule.ts';

export const publishedFileChanged: Rule = {
  id: 'published-file-changed',
  asks: 'A version that has a file of its own stays as it was published.',
  severity: 'error',
  // Else whoever changes the file could wave it through in the same file.
  inlineWaivers: false,
  schema: ({
    review: { name, path, previousPath, file, comparedWith, change, through = [], oldText, newText, oldVersion },
  }) => {
    if (!file || comparedWith || change === 'added') return [];
    const place = { path, line: 1 };
    const which = `Version ${oldVersion ?? file.version} of ${name} is published`;
    const remedy = 'Bring it back as it was, and put the change into a file for the next version.';
    if (change === 'removed')
      return [
        {
          place,
          message: `${which}, and its file is gone`,
          remedy: 'Bring it back; whoever names this version needs it.',
        },
      ];
    if (through.length > 0) {
      const because = through.map((each) => `\`${each}\``).join(', ');
      const advice = 'Refer to a file that does not change, such as another version.';
      return [{ place, message: `${which}, and means something else since ${because} changed`, remedy: advice }];
    }
    // Moved, and nothing else.
    if (previousPath !== undefined && oldText === newText) return [];
    return [{ place, message: `${which}, and its file changes`, remedy }];
  },
};
