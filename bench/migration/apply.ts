import { Client } from 'pg';
import { backfill } from '../../runner/steps/backfill.ts';
import { catchUp } from '../../runner/steps/carry-over.ts';
import { makeShadow } from '../../runner/steps/make-shadow.ts';
import { startCapture } from '../../runner/steps/start-capture.ts';
import type { Stage } from './stage.ts';

const keys = 100_000;

/** Keys per second that are carried over from the log of writes to the new table. */
export async function measureApply(stage: Stage, say: (what: string) => void): Promise<number> {
  say(`carrying over ${keys} writes`);
  const url = await stage.database(keys);
  const work = await stage.begin(url);
  const application = new Client({ connectionString: url });
  await application.connect();
  try {
    await makeShadow(work);
    await startCapture(work);
    await backfill(work);
    await application.query(`UPDATE claims SET document = document || '{"note": "written"}'`);
    const start = performance.now();
    await catchUp(work);
    return Math.round((keys / (performance.now() - start)) * 1000);
  } finally {
    await application.end();
    await work.client.end();
  }
}
