/** The folder of a path with its slash; '' for the root. Migrations of one database lie in one folder. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Paths in the order in which they run; one folder after the other. */
export function comparePaths(one: string, other: string): number {
  const [left, right] = [folderOf(one), folderOf(other)];
  if (left !== right) return left < right ? -1 : 1;
  return compareMigrations(one.slice(left.length), other.slice(right.length));
}

/** The order in which tools run files of one folder, by their names: by leading number, so that 10 comes after 9, then by name. */
export function compareMigrations(one: string, other: string): number {
  const number = (name: string) => /^V?(\d+)/i.exec(name)?.[1];
  const [left, right] = [number(one), number(other)];
  if (left !== undefined && right !== undefined && BigInt(left) !== BigInt(right))
    return BigInt(left) < BigInt(right) ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}
