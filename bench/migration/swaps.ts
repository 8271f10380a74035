import type { Client, Pool } from 'pg';
import { patiently } from '../../runner/patiently.ts';
import { attemptSwapBack } from '../../runner/roll-back.ts';
import { backfill } from '../../runner/steps/backfill.ts';
import { cutOver } from '../../runner/steps/cut-over.ts';
import { finishTable } from '../../runner/steps/finish-table.ts';
import { verify } from '../../runner/steps/verify.ts';
import { beginCapturing } from '../../test/support/work.ts';
import { startClients } from './clients.ts';

export interface Swaps {
  /** Milliseconds, one for each swap. */
  readonly cutoverHeld: readonly number[];
  readonly rollbackHeld: readonly number[];
  readonly clientWorst: number;
}

/** Migrates and rolls back, again and again, while four clients write as fast as they can. */
export async function measureSwaps(registry: Pool, target: Pool, url: string, swaps: number): Promise<Swaps> {
  const rows = 2000;
  const clients = await startClients(url, 4, rows, 0);
  const cutoverHeld: number[] = [];
  const rollbackHeld: number[] = [];
  let clientWorst = 0;
  for (let done = 0; done < swaps; done++) {
    const work = await beginCapturing(registry, url);
    await backfill(work);
    await finishTable(work);
    await verify(work);
    const held = watchLock(work.client);
    clients.reset();
    await cutOver(work);
    cutoverHeld.push(held());
    await patiently(work, (attempt) => attemptSwapBack(work, attempt));
    rollbackHeld.push(held());
    clientWorst = clients.latencies.reduce((worst, each) => Math.max(worst, each), clientWorst);
    await work.client.end();
  }
  await clients.stop();
  await target.query('VACUUM claims');
  return { cutoverHeld, rollbackHeld, clientWorst };
}

/** Milliseconds between the lock on the table being granted and the end of its transaction, the last time that it was. */
function watchLock(client: Client): () => number {
  let granted = 0;
  let last = Number.NaN;
  const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
  const watched = async (...given: unknown[]): Promise<unknown> => {
    const [statement] = given;
    const result = await query(...given);
    if (statement === 'LOCK TABLE "public"."claims" IN ACCESS EXCLUSIVE MODE') granted = performance.now();
    if (statement === 'COMMIT' && granted > 0) {
      last = performance.now() - granted;
      granted = 0;
    }
    if (statement === 'ROLLBACK') granted = 0;
    return result;
  };
  (client as { query: unknown }).query = watched;
  return () => last;
}
