import { Pool } from 'pg';
import { cleanUp } from '../../runner/clean-up.ts';
import { steer } from '../../runner/steer.ts';
import { backfill } from '../../runner/steps/backfill.ts';
import { catchUp } from '../../runner/steps/carry-over.ts';
import { finishTable } from '../../runner/steps/finish-table.ts';
import { verify } from '../../runner/steps/verify.ts';
import { beginCapturing } from '../../test/support/work.ts';

// Copies and verifies `claims` as a runner does, in a process of its own, so that its memory can be told. Prints one JSON object.
const { BENCH_REGISTRY = '', BENCH_TARGET = '' } = process.env;
const registry = new Pool({ connectionString: BENCH_REGISTRY, application_name: 'sluice' });
const work = await beginCapturing(registry, BENCH_TARGET);
const time = async (step: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await step();
  return (performance.now() - began) / 1000;
};
const copied = await time(() => backfill(work));
const { records } = work.progress.figures;
await finishTable(work);
const verified = await time(() => verify(work));
const written = Math.min(records, 100_000);
await work.client.query("UPDATE public.claims SET region = 'south' WHERE id <= $1", [written]);
const applied = await time(() => catchUp(work));
await cleanUp(work);
// No runner may take up what was done here by hand.
await steer(registry, work.run.id, 'cancel', 'bench');
await work.client.end();
await registry.end();
console.log(
  JSON.stringify({
    rows_per_s: records / copied,
    verify_ratio: verified / copied,
    apply_rows_per_s: written / applied,
    peak_rss_mb: process.resourceUsage().maxRSS / 1024,
  }),
);
