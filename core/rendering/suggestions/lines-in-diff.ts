import { lineDiff } from '../diff/line-diff.ts';

/** Lines before and after a change that GitHub shows with it, and on which it takes comments as well. */
const around = 3;

/** The lines of the new text, from 1, that are part of its difference from the old one as GitHub shows it. */
export function linesInDiff(before: string, after: string): ReadonlySet<number> {
  const next = linesOf(after);
  const shown = new Set<number>();
  let last = 0;
  for (const step of lineDiff(linesOf(before), next)) {
    if (step.step !== 'removed') last = step.new + 1;
    if (step.step === 'same') continue;
    // What goes has stood behind the last line; what comes is the last line.
    const first = step.step === 'removed' ? last - around + 1 : last - around;
    for (let line = Math.max(1, first); line <= Math.min(next.length, last + around); line += 1) shown.add(line);
  }
  return shown;
}

/** The end of the last line begins no other. */
function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}
