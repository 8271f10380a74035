import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InputError } from '../../core/input-error.ts';

/** Writes lines to a new file that only its owner may read, or to stdout where the name is `-`. */
export async function writeLines(file: string, lines: AsyncIterable<string> | Iterable<string>): Promise<void> {
  if (file === '-') {
    for await (const line of lines) process.stdout.write(line);
    return;
  }
  try {
    await pipeline(Readable.from(lines), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new InputError(`${file} is there already`, { remedy: 'Name another file.' });
    if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EISDIR') throw error;
    throw new InputError(`${file} cannot be written: ${code}`, { remedy: 'Name a file in a folder of yours.' });
  }
}
