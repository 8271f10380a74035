/** A migration file names something that was not given to the one who reads it. Never leaves `readMigration`. */
export class Unread extends Error {
  override readonly name = 'Unread';
  readonly missing: 'parser' | { readonly script: string };

  constructor(missing: 'parser' | { readonly script: string }) {
    super('A migration file that has an SQL expression or a script is read by `readMigration`');
    this.missing = missing;
  }
}
