import { compareMigrations, folderOf } from '../migration-order.ts';
import { fileRule } from '../rule.ts';

export const outOfOrder = fileRule({
  id: 'out-of-order',
  severity: 'error',
  summary: 'A new migration that sorts before one on the base branch is skipped, or runs in another order elsewhere.',
  *check({ file, history }) {
    if (history === undefined || history.previousText !== undefined || file.path.endsWith('.down.sql')) return;
    const folder = folderOf(file.path);
    const name = file.path.slice(folder.length);
    const later = history.existing
      .filter(
        (path) =>
          folderOf(path) === folder && path.endsWith('.sql') && !path.endsWith('.down.sql') && path !== file.path,
      )
      .map((path) => path.slice(folder.length))
      .filter((other) => compareMigrations(other, name) > 0)
      .toSorted(compareMigrations)
      .at(-1);
    if (later === undefined) return;
    yield {
      message: `\`${later}\` is on the base branch and sorts after this new file: databases that ran it skip this one, or run it in another order.`,
      rewrite: '-- Give the file a name that sorts last.',
    };
  },
});
