import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { configurationPath } from '../core/configuration/defaults.ts';

/** Writes the report for later steps and for keeping; several configurations in one job do not overwrite each other. Returns the path. */
export async function writeReport(extension: 'json' | 'html', config: string, text: string): Promise<string> {
  const hash = createHash('sha256').update(config).digest('hex').slice(0, 8);
  const name = config === configurationPath ? 'sluice-report' : `sluice-report-${hash}`;
  const path = join(process.env['RUNNER_TEMP'] || tmpdir(), `${name}.${extension}`);
  await writeFile(path, text);
  return path;
}

/** Writes a SARIF file where the step asks for it, from the workspace on. Returns the whole path. */
export async function writeSarif(path: string, sarif: object): Promise<string> {
  const whole = resolve(process.env['GITHUB_WORKSPACE'] || process.cwd(), path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, `${JSON.stringify(sarif, null, 2)}\n`);
  return whole;
}
