import { fileRule } from '../rule.ts';

export const appliedFileChanged = fileRule({
  id: 'applied-file-changed',
  severity: 'error',
  summary: 'A migration that is on the base branch may have run already; changing it makes databases differ.',
  *check({ file, history }) {
    if (history?.previousText === undefined) return;
    const renamed = history.previousPath !== undefined && history.previousPath !== file.path;
    if (history.previousText === file.text && !renamed) return;
    yield {
      message: renamed
        ? `This migration is on the base branch as \`${history.previousPath}\`: databases that ran it take the new name for another migration.`
        : 'This migration is on the base branch already: databases that ran it never see the change.',
      rewrite: '-- Take the change back, and put what is new into a new migration.',
    };
  },
});
