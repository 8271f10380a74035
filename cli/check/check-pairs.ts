import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { answerOf, worst } from '../../core/compatibility/mode.ts';
import type { CompatibilityMode, Verdict } from '../../core/compatibility/verdict.ts';
import { InputError } from '../../core/input-error.ts';
import { decidePair, type PairOptions } from './decide-pair.ts';
import { exitCode } from './exit-code.ts';
import { BadPair, readPair } from './pair.ts';

/**
 * Reads pairs line by line and writes an answer for each, in order; holds one pair at a time, so memory does not grow with the
 * file. A line that is no pair gets `{line, id, error}` in its place. Gives the exit code.
 */
export async function checkPairs(
  path: string,
  output: Writable,
  options: PairOptions & { readonly mode: CompatibilityMode },
): Promise<number> {
  const input = createReadStream(path, 'utf8');
  const opened = once(input, 'open').catch((cause: unknown) => {
    throw new InputError('The file of pairs cannot be read', {
      remedy: 'Give the path of a JSON Lines file',
      place: { path },
      cause,
    });
  });
  await opened;
  let number = 0;
  let isBad = false;
  let answer: Verdict['verdict'] = 'compatible';
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const answered = answerLine(line, number, options);
    if ('error' in answered) isBad = true;
    else answer = worst([answer, answerOf(options.mode, answered)]);
    if (!output.write(`${JSON.stringify(answered)}\n`)) await once(output, 'drain');
  }
  if (isBad) return exitCode.badInput;
  return answer === 'compatible' ? exitCode.compatible : exitCode.breaking;
}

function answerLine(line: string, number: number, options: PairOptions) {
  const start = performance.now();
  try {
    const pair = readPair(line.replace(/^\uFEFF/, ''));
    const { backward, forward } = decidePair(pair, options);
    return { id: pair.id, backward, forward, ms: Math.round((performance.now() - start) * 1000) / 1000 };
  } catch (error) {
    if (!(error instanceof BadPair)) throw error;
    return { id: error.id, line: number, error: error.message };
  }
}
