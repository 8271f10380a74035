// The large fuzz of the inclusion engine: node build/bench/fuzz.js [seconds] [seed]. Exits with 1 at the first contradiction.
import { emptyTally, fuzz } from '../test/core/compatibility/inclusion/fuzz.ts';

const [seconds = 60, firstSeed = 1] = process.argv.slice(2).map(Number);
const end = Date.now() + seconds * 1000;
const total = emptyTally();
for (let seed = firstSeed; Date.now() < end; seed += 1) {
  const { tally, failures } = fuzz({ runs: 200, seed });
  for (const count of ['pairs', 'compatible', 'breaking', 'undecided', 'documents', 'valid'] as const)
    total[count] += tally[count];
  for (const failure of failures) console.error(`seed ${seed}: ${JSON.stringify(failure)}`);
  if (failures.length > 0) process.exit(1);
}
const { pairs, compatible, breaking, undecided, documents, valid } = total;
console.log(
  `${pairs} decisions: ${compatible} compatible, ${breaking} breaking, ${undecided} undecided; ${documents} documents tried, ${valid} valid, none contradicts`,
);
