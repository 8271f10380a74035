// The fuzz over edits of real schemas: npm run fuzz:real -- <folder of pairs> [seconds] [seed]. Exits with 1 at the first contradiction.
import { satisfyingValue } from '../core/compatibility/inclusion/decide.ts';
import { type Dialect, dialects } from '../core/schema/dialect.ts';
import type { Json } from '../core/schema/json.ts';
import { schemaOf } from '../core/schema/parse.ts';
import { contradictions, emptyTally, mutated, type Pair } from '../test/core/compatibility/inclusion/fuzz.ts';
import { near } from '../test/core/compatibility/inclusion/near-documents.ts';
import { readRows } from './compat/rows.ts';

/** Larger ones cost seconds of ajv's time for each edit. */
const MOST_CHARACTERS = 20_000;
const DOCUMENTS = 400;

const [folder = '../shared/compat', seconds = '60', firstSeed = '1'] = process.argv.slice(2);
const schemas = readRows(folder)
  .filter(({ set }) => !set.startsWith('official'))
  .flatMap((row) => [row.old, row.new].map((schema) => ({ schema: schema as Json, dialect: dialectOf(row.draft) })))
  .filter(({ schema }) => JSON.stringify(schema).length <= MOST_CHARACTERS);
const end = Date.now() + Number(seconds) * 1000;
const tally = emptyTally();
for (let seed = Number(firstSeed); Date.now() < end; seed += 1) {
  const { schema, dialect } = pick(seed * 7919);
  // Two edits on top of each other every third time, and always one.
  const once = mutated(schema, pick(seed * 104_729).schema, seed * 31);
  const pair: Pair = { dialect, left: schema, right: seed % 3 === 0 ? mutated(once, schema, seed * 17) : once };
  for (const failure of contradictions(pair, near(valid(pair), [pair.left, pair.right], DOCUMENTS, seed), tally)) {
    console.error(`seed ${seed}: ${JSON.stringify(failure)}`);
    process.exitCode = 1;
  }
  if (process.exitCode === 1) break;
}
const { pairs, compatible, breaking, undecided, documents, valid: accepted } = tally;
console.log(
  `${pairs} decisions on edits of ${schemas.length} schemas: ${compatible} compatible, ${breaking} breaking, ${undecided} undecided; ${documents} documents tried, ${accepted} of them valid`,
);

function pick(number: number): { schema: Json; dialect: Dialect } {
  const one = schemas[number % schemas.length];
  if (one === undefined) throw new Error(`${folder} holds no pairs that are small enough`);
  return one;
}

function dialectOf(draft: string): Dialect {
  return dialects.find((dialect) => dialect === draft) ?? 'draft-07';
}

/** One document that each side accepts, to start from; hundreds of copies of a huge one would fill the memory. */
function valid(pair: Pair): Json[] {
  return [pair.left, pair.right].flatMap((schema) => {
    try {
      const root = schemaOf('schema.json', schema, { defaultDialect: pair.dialect });
      const bundle = { root, files: new Map() };
      const outcome = satisfyingValue({ bundle, pointer: '' }, { formatAssertion: false });
      const isSmall = outcome.kind === 'found' && JSON.stringify(outcome.value).length <= MOST_CHARACTERS;
      return isSmall ? [outcome.value] : [];
    } catch {
      return [];
    }
  });
}
