/** Where the rollback of a migration lies: `1_a.sql` and `1_a.up.sql` are undone by `1_a.down.sql`. Undefined for a rollback. */
export function downPathOf(path: string): string | undefined {
  return path.endsWith('.down.sql') ? undefined : path.replace(/(\.up)?\.sql$/, '.down.sql');
}
