import { decidePair } from '../../cli/check/decide-pair.ts';
import { readPair } from '../../cli/check/pair.ts';
import type { Verdict } from '../../core/compatibility/verdict.ts';
import type { Answer, Tool } from './tool.ts';

const options = { formatAssertion: false, producers: 'open', timeout: 2 } as const;

export const sluice: Tool = {
  name: 'sluice',
  decide: async (row) => {
    const { id, old, new: next, draft } = row;
    const line = JSON.stringify({ id, old, new: next, draft, format_assert: row.formatAssertion });
    const start = performance.now();
    const pair = readPair(line);
    const { backward, forward } = decidePair(pair, options);
    const milliseconds = performance.now() - start;
    const witnesses = { backward: witness(backward), forward: witness(forward) };
    return { backward: answer(backward.verdict), forward: answer(forward.verdict), witnesses, milliseconds };
  },
};

function witness(verdict: Verdict): unknown {
  return verdict.verdict === 'breaking' ? verdict.witness : undefined;
}

function answer(verdict: 'compatible' | 'breaking' | 'undecided'): Answer {
  return verdict === 'undecided' ? 'none' : verdict;
}
