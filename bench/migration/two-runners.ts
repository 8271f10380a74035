import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { backfill } from '../../runner/steps/backfill.ts';
import { makeShadow } from '../../runner/steps/make-shadow.ts';
import { startCapture } from '../../runner/steps/start-capture.ts';
import type { Stage } from './stage.ts';

/** Ranges that each of the two gets, about. */
const rangesEach = 5;

/** Records per second that two runners in processes of their own copy together from one table, every record validated. */
export async function measureTwoRunners(stage: Stage, records: number, say: (what: string) => void): Promise<number> {
  say('copying with two runners');
  const url = await stage.database();
  const work = await stage.begin(url);
  const program = fileURLToPath(new URL('./lane.js', import.meta.url));
  const other = spawn(process.execPath, [program, work.run.id], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SLUICE_REGISTRY_URL: stage.registry.options.connectionString ?? '',
      SLUICE_DATABASE_URL: url,
    },
  });
  try {
    await once(other.stdout, 'data');
    await makeShadow(work);
    await startCapture(work);
    await stage.registry.query("UPDATE sluice.runs SET state = 'backfilling' WHERE id = $1", [work.run.id]);
    const portion = Math.ceil(records / (2 * rangesEach));
    const start = performance.now();
    // It looks by itself whether it is wanted: what the queue takes is not what is measured.
    await backfill({ ...work, sharing: { portion, invite: () => undefined } });
    return Math.round((records / (performance.now() - start)) * 1000);
  } finally {
    other.kill('SIGKILL');
    await once(other, 'close');
    await work.client.end();
  }
}
