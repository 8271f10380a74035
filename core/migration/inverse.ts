import type { Operation } from './operation.ts';

/** The way back through a whole transform. */
export interface InverseTransform {
  /** To be applied in order to a record of the new version. */
  readonly operations: readonly Operation[];
  /** What does not come back, in words; empty when every record comes back exactly. */
  readonly losses: readonly string[];
}

export function invertTransform(operations: readonly Operation[]): InverseTransform {
  const back: Operation[] = [];
  const losses: string[] = [];
  for (const { inverse } of operations.toReversed()) {
    if ('operation' in inverse) back.push(inverse.operation);
    else {
      losses.unshift(inverse.loses);
      if (inverse.nearest) back.push(inverse.nearest);
    }
  }
  return { operations: back, losses };
}
