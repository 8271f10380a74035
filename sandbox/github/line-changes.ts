/**
 * Which lines of one text are which of another, by the longest common subsequence; both count from 1. For the small files of this machine:
 * it takes as many steps as the texts have pairs of lines.
 */
export function keptLines(before: string, after: string): ReadonlyMap<number, number> {
  const [old, next] = [linesOf(before), linesOf(after)];
  const lengths = old.map(() => next.map(() => 0));
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? [];
    for (let j = next.length - 1; j >= 0; j -= 1) {
      row[j] = old[i] === next[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const kept = new Map<number, number>();
  for (let i = 0, j = 0; i < old.length && j < next.length; ) {
    if (old[i] === next[j]) kept.set(++i, ++j);
    else if (length(i + 1, j) >= length(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}

/** Lines of the new text that a difference with three lines around each change shows, from 1. */
export function shownLines(before: string, after: string): ReadonlySet<number> {
  const kept = keptLines(before, after);
  const count = linesOf(after).length;
  const staid = new Set(kept.values());
  const shown = new Set<number>();
  const show = (first: number, last: number): void => {
    for (let line = Math.max(1, first); line <= Math.min(count, last); line += 1) shown.add(line);
  };
  for (let line = 1; line <= count; line += 1) if (!staid.has(line)) show(line - 3, line + 3);
  let last = 0;
  for (let line = 1; line <= linesOf(before).length; line += 1) {
    const place = kept.get(line);
    if (place === undefined) show(last - 2, last + 3);
    else last = place;
  }
  return shown;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
