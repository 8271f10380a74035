import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { answerOf, worst } from '../../core/compatibility/mode.ts';
import type { CompatibilityMode, Verdict } from '../../core/compatibility/verdict.ts';
import { utf8 } from '../utf8-text.ts';
import { byteLines } from './byte-lines.ts';
import { decidePair, type PairOptions } from './decide-pair.ts';
import { exitCode } from './exit-code.ts';
import { BadPair, readPair } from './pair.ts';

/**
 * Reads pairs line by line and writes an answer for each, in order; holds one pair at a time, so memory does not grow with the
 * file. A line that is no pair gets `{line, id, error}` in its place. Gives the exit code. Throws `InputError`.
 */
export async function checkPairs(
  path: string,
  output: Writable,
  options: PairOptions & { readonly mode: CompatibilityMode },
): Promise<number> {
  let number = 0;
  let isBad = false;
  let answer: Verdict['verdict'] = 'compatible';
  for await (const bytes of byteLines(path)) {
    number += 1;
    const line = utf8(bytes);
    if (line?.trim() === '') continue;
    const answered = answerLine(line, number, options);
    if ('error' in answered) isBad = true;
    else answer = worst([answer, answerOf(options.mode, answered)]);
    if (!output.write(`${JSON.stringify(answered)}\n`)) await once(output, 'drain');
  }
  if (isBad) return exitCode.badInput;
  return answer === 'compatible' ? exitCode.compatible : exitCode.breaking;
}

function answerLine(line: string | undefined, number: number, options: PairOptions) {
  const start = performance.now();
  try {
    if (line === undefined) throw new BadPair('this is not UTF-8');
    const pair = readPair(line);
    const { backward, forward } = decidePair(pair, options);
    return { id: pair.id, backward, forward, ms: Math.round((performance.now() - start) * 1000) / 1000 };
  } catch (error) {
    if (!(error instanceof BadPair)) throw error;
    return { id: error.id, line: number, error: error.message };
  }
}
