import { lineIndex, type Position } from '../../schema/position.ts';

/** Places of a text by byte of its UTF-8 form, which is how PostgreSQL's parser counts. */
export interface ByteIndex {
  /** Line and column from 1, the column in UTF-16 units. Offsets outside the text give its nearest end. */
  readonly position: (byte: number) => Position;
  /** The text between two bytes. */
  readonly slice: (start: number, end: number) => string;
  /** The byte of the nth character (code point), which is how syntax errors are placed. */
  readonly ofCharacter: (character: number) => number;
}

export function byteIndex(text: string): ByteIndex {
  const bytes = Buffer.from(text, 'utf8');
  const lines = lineIndex(text);
  const ascii = bytes.length === text.length;
  const unitsBefore = (byte: number) => (ascii ? byte : bytes.toString('utf8', 0, byte).length);
  // Asked in rising order mostly: going on from the last answer keeps a long file linear.
  let lastByte = 0;
  let lastUnit = 0;
  const unitOf = (byte: number): number => {
    const to = Math.max(0, Math.min(byte, bytes.length));
    if (ascii) return to;
    lastUnit = to < lastByte ? unitsBefore(to) : lastUnit + bytes.toString('utf8', lastByte, to).length;
    lastByte = to;
    return lastUnit;
  };
  return {
    position: (byte) => lines(unitOf(byte)),
    slice: (start, end) => bytes.toString('utf8', start, end),
    ofCharacter: (character) => Buffer.byteLength(Array.from(text).slice(0, character).join(''), 'utf8'),
  };
}
