import type { ArgumentProblem } from './operation-kind.ts';

/** A value is given in exactly one way. */
export function valueSourceProblem(given: object): ArgumentProblem | undefined {
  const ways = ['value', 'from', 'sql'].filter((way) => Object.hasOwn(given, way));
  return ways.length === 1
    ? undefined
    : { at: '', problem: 'It needs either `value`, `from` or `sql`', remedy: 'Give one of them' };
}
