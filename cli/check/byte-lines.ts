import { createReadStream } from 'node:fs';
import { readError } from '../read-error.ts';

const lineFeed = 0x0a;

/**
 * The lines of a file as bytes, each in memory by itself; the line feed is left out. Only a line feed ends a line: U+2028 may stand in
 * a JSON text. Throws `InputError` when the file cannot be read.
 */
export async function* byteLines(path: string): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
        parts.push(chunk.subarray(start, end));
        yield joined(parts);
        parts = [];
        start = end + 1;
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
    }
  } catch (error) {
    throw readError(error, path);
  }
  if (parts.length > 0) yield joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first : Buffer.concat(parts);
}
