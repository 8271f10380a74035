import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes `sluice-report.json`, for later steps and for keeping. Returns its path. */
export async function writeReport(report: object): Promise<string> {
  const path = join(process.env['RUNNER_TEMP'] || tmpdir(), 'sluice-report.json');
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
  return path;
}
