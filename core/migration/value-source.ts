import type { ArgumentProblem } from './operation-kind.ts';

/** A value is given in exactly one way. */
export function valueSourceProblem(given: object): ArgumentProblem | undefined {
  return 'value' in given === 'from' in given
    ? { at: '', problem: 'It needs either `value` or `from`', remedy: 'Give one of the two' }
    : undefined;
}
