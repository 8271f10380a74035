import type { Client } from 'pg';
import { drain } from './apply.ts';
import { createCapture, createLog, dropCapture } from './capture.ts';
import type { Crossing } from './crossing.ts';
import { exchange } from './exchange.ts';
import { checkFence, saveUnvalidated, setPhase } from './ledger.ts';
import type { RunNames } from './names.ts';
import { qualified, type Relation } from './relation.ts';
import { type Blocker, idleSnapshots } from './sessions.ts';
import { transaction } from './transaction.ts';
import { lockViews, readViews } from './views.ts';

/** Something came between; nothing was changed, and it can be tried again. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
  constructor(blockers: readonly Blocker[]) {
    super(blockers.map(({ reason }) => reason).join('; '));
  }
}

/** Milliseconds that one attempt may hold the lock before it gives up: draining what came in is bounded by it. */
const budget = 1000;

/**
 * One attempt at the swap, all in one transaction with the ledger's word of it: lock, drain the log until it is empty, put the
 * twin in the place, note the keys of what is written from now on. Waits at most `lockTimeout` milliseconds for the lock.
 * Returns the number of keys that were drained under the lock.
 */
export async function swap(
  client: Client,
  run: { readonly id: string; readonly epoch: string },
  crossing: Crossing,
  names: RunNames,
  lockTimeout: number,
  /** A last look when nothing can change any more; throws what forbids the swap. */
  check: () => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const { table, to } = crossing;
  const place: Relation = { schema: table.schema, name: table.name };
  return transaction(client, async () => {
    await client.query(`SET LOCAL lock_timeout = ${lockTimeout}`);
    await client.query(`SET LOCAL statement_timeout = ${budget + lockTimeout}`);
    await checkFence(client, run.id, run.epoch);
    const back = {
      on: place,
      key: table.key,
      log: names.backLog,
      function: names.backFunction,
      trigger: names.backTrigger,
    };
    await createLog(client, { ...back, on: to });
    await lockViews(client, await readViews(client, table.oid));
    await client.query(`LOCK TABLE ${qualified(place)} IN ACCESS EXCLUSIVE MODE`);
    await client.query(`LOCK TABLE ${qualified(to)} IN ACCESS EXCLUSIVE MODE`);
    const drained = await drain(client, crossing, names.log, null);
    await check();
    const blockers = await idleSnapshots(client);
    if (blockers.length > 0) throw new NotNow(blockers);
    await dropCapture(client, { on: place, function: names.captureFunction, trigger: names.captureTrigger });
    const unvalidated = await exchange(client, {
      place,
      leaveTo: names.oldSchema,
      comeFrom: names.shadowSchema,
      returning: false,
      columns: crossing.rows,
    });
    await saveUnvalidated(client, run.id, unvalidated);
    await createCapture(client, back);
    await client.query(`DROP TABLE ${qualified(names.log)}`);
    await setPhase(client, run.id, 'swapped');
    return drained;
  });
}

/** What else belongs into the transaction of a swap back. */
export interface SwapBackHooks {
  /** The old table, not in its place yet, has everything that was written since. */
  drained(client: Client, old: Relation): Promise<void>;
  /** The old table has its place again. */
  swapped(client: Client, place: Relation): Promise<void>;
}

/**
 * One attempt at the swap back: lock, bring the old table up to date with what was written since the cutover, put it in its
 * place again and drop all that the run made. All in one transaction.
 */
export async function swapBack(
  client: Client,
  run: { readonly id: string; readonly epoch: string },
  /** From the new table to the old one. */
  crossing: Crossing,
  names: RunNames,
  lockTimeout: number,
  hooks: SwapBackHooks,
): Promise<number> {
  const { table, to } = crossing;
  const place: Relation = { schema: table.schema, name: table.name };
  return transaction(client, async () => {
    await client.query(`SET LOCAL lock_timeout = ${lockTimeout}`);
    await client.query(`SET LOCAL statement_timeout = ${budget + lockTimeout}`);
    await checkFence(client, run.id, run.epoch);
    await lockViews(client, await readViews(client, table.oid));
    await client.query(`LOCK TABLE ${qualified(place)} IN ACCESS EXCLUSIVE MODE`);
    await client.query(`LOCK TABLE ${qualified(to)} IN ACCESS EXCLUSIVE MODE`);
    const drained = await drain(client, crossing, names.backLog, null);
    await hooks.drained(client, to);
    const blockers = await idleSnapshots(client);
    if (blockers.length > 0) throw new NotNow(blockers);
    await dropCapture(client, { on: place, function: names.backFunction, trigger: names.backTrigger });
    const unvalidated = await exchange(client, {
      place,
      leaveTo: names.shadowSchema,
      comeFrom: names.oldSchema,
      returning: true,
      columns: crossing.rows,
    });
    await saveUnvalidated(client, run.id, unvalidated);
    await hooks.swapped(client, place);
    await setPhase(client, run.id, 'cleaned');
    return drained;
  });
}
