import { InputError } from '../core/input-error.ts';

const meanings: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file',
  EISDIR: 'This is a folder',
  EACCES: 'This file may not be read',
  EPERM: 'This file may not be read',
  ELOOP: 'This link leads back to itself',
  ERR_FS_FILE_TOO_LARGE: 'This file is too large',
};

/** What the operating system says of a file that it does not give, as one line; anything else that was thrown is given back. */
export function readError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || !(code in meanings || /^E[A-Z0-9]+$/.test(code))) return error;
  return new InputError(meanings[code] ?? `This file cannot be read (${code})`, {
    remedy: 'Give the path of a file that you can read',
    place: { path },
    cause: error,
  });
}
