// npm run bench:scale: what a comparison costs as the schema grows, and as the change grows. Process time, so a busy machine matters little.
import { decidePair } from '../../cli/check/decide-pair.ts';
import { readPair } from '../../cli/check/pair.ts';
import { compare } from '../../core/compatibility/compare.ts';
import { loneBundle } from '../../core/schema/bundle.ts';
import { parseSchema } from '../../core/schema/parse.ts';
import { quantile } from './quantile.ts';

const SIZES = [10, 100, 200, 1_000, 10_000];
const options = { formatAssertion: false, producers: 'open', timeout: 10 } as const;

/** An object schema of flat and nested fields, of which the first `changed` are stricter than in the plain one. */
function record(properties: number, changed: number): unknown {
  const fields = Array.from({ length: properties }, (_, at) => {
    const least = at < changed ? 2 : 1;
    const field =
      at % 4 === 0
        ? { type: 'object', properties: { code: { type: 'string', minLength: least } }, required: ['code'] }
        : { type: 'string', minLength: least, maxLength: 40 };
    return [`field${at}`, field] as const;
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(fields),
  };
}

/** Milliseconds of processor time for one pair from its text to both verdicts. */
function cost(properties: number, changed: number): number {
  const line = JSON.stringify({ id: 'scale', old: record(properties, 0), new: record(properties, changed) });
  return median(properties, () => {
    const { backward } = decidePair(readPair(line), options);
    return backward.verdict === 'breaking';
  });
}

/** The same for all that is told about a pair: each change, who breaks, and what would hold for closed producers. */
function costOfAll(properties: number, changed: number): number {
  const [old, next] = [0, changed].map((count) => JSON.stringify(record(properties, count), null, 2));
  const read = (text = '') => loneBundle(parseSchema({ path: 'record.json', text }));
  return median(properties * changed, () => {
    const { changes } = compare(read(old), read(next), { mode: 'FULL', formatAssertion: false });
    return changes.length === changed && changes.every(({ backward }) => backward.verdict === 'breaking');
  });
}

/** Of enough rounds; each says whether it found what is there. */
function median(size: number, round: () => boolean): number {
  const rounds = Math.max(5, Math.min(200, 20_000 / size));
  const times = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    const isRight = round();
    const { user, system } = process.cpuUsage(before);
    if (!isRight) throw new Error('the verdict is not the one that was expected');
    return (user + system) / 1000;
  });
  return quantile(times, 0.5);
}

cost(200, 200); // Warm.
costOfAll(200, 2);
console.log('both verdicts, one property changed\nproperties       ms   µs per property');
for (const size of SIZES) print(size, cost(size, 1), size);
console.log('\nall that is told, one property changed\nproperties       ms   µs per property');
for (const size of SIZES) print(size, costOfAll(size, 1), size);
console.log('\nboth verdicts, 10,000 properties\n   changed       ms');
for (const changed of SIZES) print(changed, cost(10_000, changed));
console.log('\nall that is told, 10,000 properties\n   changed       ms');
for (const changed of [1, 10, 50]) print(changed, costOfAll(10_000, changed));

function print(count: number, milliseconds: number, per?: number): void {
  const each = per === undefined ? '' : ((milliseconds * 1000) / per).toFixed(1).padStart(8);
  console.log(`${String(count).padStart(10)} ${milliseconds.toFixed(2).padStart(8)} ${each}`);
}
