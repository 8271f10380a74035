/** A line that stays (`old` and `new` are its places), goes (`old`) or comes (`new`). Places count from 0. */
export type LineStep =
  | { readonly step: 'same'; readonly old: number; readonly new: number }
  | { readonly step: 'removed'; readonly old: number }
  | { readonly step: 'added'; readonly new: number };

/** Differences beyond which the texts have nothing in common that a reader could follow; bounds memory to some megabytes. */
const mostDifferences = 500;

/**
 * The shortest way from one list of lines to another, after Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). Very
 * different lists: all that is not a common beginning or end goes and comes.
 */
export function lineDiff(before: readonly string[], after: readonly string[]): LineStep[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [a, b] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const middle = shortestWay(a, b) ?? replaced(a, b);
  return [
    ...Array.from({ length: head }, (_, at): LineStep => ({ step: 'same', old: at, new: at })),
    ...middle.map((step) => shifted(step, head)),
    ...Array.from({ length: tail }, (_, at): LineStep => {
      const fromEnd = tail - at;
      return { step: 'same', old: before.length - fromEnd, new: after.length - fromEnd };
    }),
  ];
}

function shortestWay(a: readonly string[], b: readonly string[]): LineStep[] | undefined {
  const most = Math.min(mostDifferences, a.length + b.length);
  // furthest.get(k): how far into `a` one gets on diagonal k; one map per number of differences.
  let furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let differences = 0; differences <= most; differences++) {
    trace.push(furthest);
    const next = new Map<number, number>();
    for (let k = -differences; k <= differences; k += 2) {
      let x = comesFromAbove(furthest, k, differences) ? reach(furthest, k + 1) : reach(furthest, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return wayBack(trace, a.length, b.length);
    }
    furthest = next;
  }
  return undefined;
}

function wayBack(trace: readonly ReadonlyMap<number, number>[], oldLength: number, newLength: number): LineStep[] {
  const steps: LineStep[] = [];
  let [x, y] = [oldLength, newLength];
  for (let differences = trace.length - 1; differences >= 0; differences--) {
    const furthest = trace[differences] ?? new Map<number, number>();
    const k = x - y;
    const isAddition = comesFromAbove(furthest, k, differences);
    const fromX = reach(furthest, isAddition ? k + 1 : k - 1);
    const fromY = fromX - (isAddition ? k + 1 : k - 1);
    while (x > fromX && y > fromY && x > 0 && y > 0) steps.push({ step: 'same', old: --x, new: --y });
    if (differences === 0) break;
    steps.push(isAddition ? { step: 'added', new: --y } : { step: 'removed', old: --x });
  }
  return steps.reverse();
}

function comesFromAbove(furthest: ReadonlyMap<number, number>, k: number, differences: number): boolean {
  return k === -differences || (k !== differences && reach(furthest, k - 1) < reach(furthest, k + 1));
}

function reach(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? -1;
}

function replaced(a: readonly string[], b: readonly string[]): LineStep[] {
  return [
    ...a.map((_, old): LineStep => ({ step: 'removed', old })),
    ...b.map((_, at): LineStep => ({ step: 'added', new: at })),
  ];
}

function shifted(step: LineStep, by: number): LineStep {
  switch (step.step) {
    case 'same':
      return { step: 'same', old: step.old + by, new: step.new + by };
    case 'removed':
      return { step: 'removed', old: step.old + by };
    default:
      return { step: 'added', new: step.new + by };
  }
}
