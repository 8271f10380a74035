import { fileRule } from '../rule.ts';

export const appliedFileChanged = fileRule({
  id: 'applied-file-changed',
  severity: 'error',
  summary: 'A migration that is on the base branch may have run already; changing it makes databases differ.',
  *check({ file, history }) {
    if (history?.previousText === undefined || history.previousText === file.text) return;
    yield {
      message: 'This migration is on the base branch already: databases that ran it never see the change.',
      rewrite: '-- Take the change back, and put it into a new migration.',
    };
  },
});
