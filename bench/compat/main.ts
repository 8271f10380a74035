// npm run bench:compat [-- <folder>] [--set <name>] [--alone]: Sluice beside its peers, on pairs of schemas with known answers.
import { parseArgs } from 'node:util';
import { inWorker } from './in-worker.ts';
import { readRows } from './rows.ts';
import { type Score, score } from './score.ts';
import { sluice } from './sluice.ts';
import { table } from './table.ts';
import type { Tool } from './tool.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { set: { type: 'string' }, alone: { type: 'boolean', default: false } },
});
const peers: readonly Tool[] = [
  inWorker('json-schema-diff-validator', { name: 'json-schema-diff-validator 0.4.2' }),
  inWorker('json-schema-diff', { name: 'json-schema-diff 1.0.0', rowsPerSet: 150 }),
  inWorker('jsoncompat', { name: 'jsoncompat 0.4.2', rowsPerSet: 150 }),
];
const tools: readonly Tool[] = values.alone ? [sluice] : [sluice, ...peers];
const rows = readRows(positionals[0] ?? '../shared/compat');
const sets = [...new Set(rows.map(({ set }) => set))].filter((set) => values.set === undefined || set === values.set);

const scores: Score[] = [];
for (const set of sets) {
  for (const tool of tools) {
    process.stderr.write(`${set}: ${tool.name}\n`);
    const asked = sample(
      rows.filter((row) => row.set === set),
      tool.rowsPerSet,
    );
    scores.push(await score(tool, set, asked));
  }
}
console.log(table(scores));
const remarks = scores.filter(({ tool }) => tool === sluice.name).flatMap(({ remarks }) => remarks);
if (remarks.length > 0) console.log(`\nSluice against the labels:\n${remarks.join('\n')}`);

function sample<T>(all: readonly T[], most = all.length): T[] {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(most, all.length) }, (_, at) => all[Math.floor(at * step)]).filter(
    (one) => one !== undefined,
  );
}
