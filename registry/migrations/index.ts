import { firstTables } from './0001-first-tables.ts';
import { seenReviews } from './0002-seen-reviews.ts';

/** All changes of the registry's own tables, in order. A published one is never edited: add the next number. */
export const registryMigrations: readonly { readonly id: number; readonly sql: string }[] = [
  { id: 1, sql: firstTables },
  { id: 2, sql: seenReviews },
];
