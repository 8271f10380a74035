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
      .filter((other) => compareVersions(other, name) > 0)
      .toSorted(compareVersions)
      .at(-1);
    if (later === undefined) return;
    yield {
      message: `\`${later}\` is on the base branch and sorts after this new file: databases that ran it skip this one, or run it in another order.`,
      rewrite: '-- Give the file a name that sorts last.',
    };
  },
});

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** By leading number, so that 10 comes after 9, then by name. */
function compareVersions(one: string, other: string): number {
  const number = (name: string) => /^V?(\d+)/i.exec(name)?.[1];
  const [left, right] = [number(one), number(other)];
  if (left !== undefined && right !== undefined && BigInt(left) !== BigInt(right))
    return BigInt(left) < BigInt(right) ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}
