import { once } from 'node:events';

/** Writes to stdout at the pace of whoever reads it: a long export must not pile up in memory. */
export async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
