import { shortenMiddle } from './markdown.ts';
import { onOneLine } from './visible.ts';

const longestName = 160;

/** Any text on one line of a terminal: nothing in it moves the cursor or changes colours. */
export function shown(text: string): string {
  return onOneLine(text.replace(/\S+/gu, (word) => shortenMiddle(word, longestName)));
}

/** The same, with its middle left out when it is wider than `width` columns. */
export function fit(text: string, width: number): string {
  // Of the text itself, not of what `shown` leaves of it: the count of what is missing must be true.
  return shortenMiddle(onOneLine(text), Math.max(40, width));
}

/** The same, broken between words into lines of at most `width` columns where that can be. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of shown(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
