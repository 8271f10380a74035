import { chainEarlierEvents } from '../audit/chain-earlier-events.ts';
import { firstTables } from './0001-first-tables.ts';
import { seenReviews } from './0002-seen-reviews.ts';
import { auditChain } from './0003-audit-chain.ts';
import { branches } from './0004-branches.ts';
import { decisions } from './0005-decisions.ts';
import { conditionsOfCommands } from './0006-conditions-of-commands.ts';
import { requests } from './0007-requests.ts';
import { runOutcomes } from './0008-run-outcomes.ts';
import { waitingRuns } from './0009-waiting-runs.ts';
import { failingRecords } from './0010-failing-records.ts';
import type { RegistryMigration } from './migration.ts';

/** All changes of the registry's own tables, in order. A published one is never edited: add the next number. */
export const registryMigrations: readonly RegistryMigration[] = [
  { id: 1, sql: firstTables },
  { id: 2, sql: seenReviews },
  { id: 3, sql: auditChain, then: chainEarlierEvents },
  { id: 4, sql: branches },
  { id: 5, sql: decisions },
  { id: 6, sql: conditionsOfCommands },
  { id: 7, sql: requests },
  { id: 8, sql: runOutcomes },
  { id: 9, sql: waitingRuns },
  { id: 10, sql: failingRecords },
];
