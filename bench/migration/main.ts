// npm run bench:migration -- [--records 1000000] [--swaps 50] [--seconds 10] [--json]: what a migration costs, beside one pure SQL copy on the same server.
import { parseArgs } from 'node:util';
import { measureApply } from './apply.ts';
import { measureCopies } from './copies.ts';
import { measureForeground } from './foreground.ts';
import { measureResume } from './resume.ts';
import { openStage } from './stage.ts';
import { measureSwaps } from './swaps.ts';
import { measureTwoRunners } from './two-runners.ts';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    swaps: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  },
});
const [records, swaps, seconds] = [values.records, values.swaps, values.seconds].map(positive) as [
  number,
  number,
  number,
];
const say = (what: string) => process.stderr.write(`${what}\n`);

const stage = await openStage(records, say);
try {
  const copies = await measureCopies(stage, records, say);
  const peak = process.resourceUsage().maxRSS / 1024;
  const result = {
    records,
    ...copies,
    two_runners_rows_per_s: await measureTwoRunners(stage, records, say),
    ...(await measureSwaps(stage, swaps, say)),
    foreground: await measureForeground(stage, seconds, say),
    apply_rows_per_s: await measureApply(stage, say),
    resume_ms: await measureResume(stage, say),
    peak_rss_mb: Math.round(peak),
  };
  console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2));
} finally {
  await stage.close();
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is no positive whole number`);
  return number;
}
