import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes a file for later steps and for keeping. Returns its path. */
export async function writeReport(name: string, text: string): Promise<string> {
  const path = join(process.env['RUNNER_TEMP'] || tmpdir(), name);
  await writeFile(path, text);
  return path;
}
