import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Impact } from '../core/impact/impact.ts';
import type { Review } from '../core/review/review.ts';

/** Writes everything that is known as `sluice-report.json`, for later steps and for keeping. Returns its path. */
export async function writeReport(review: Review, impact: ReadonlyMap<string, Impact>): Promise<string> {
  const path = join(process.env['RUNNER_TEMP'] || tmpdir(), 'sluice-report.json');
  await writeFile(path, `${JSON.stringify(reportOf(review, impact), null, 2)}\n`);
  return path;
}

function reportOf(review: Review, impact: ReadonlyMap<string, Impact>): object {
  return {
    format: 1,
    ...review,
    // The texts are in the repository, at the commits named.
    schemas: review.schemas.map(({ oldText: _old, newText: _new, oldFiles: _before, newFiles: _after, ...schema }) => ({
      ...schema,
      impact: impactOf(impact.get(schema.path), schema.comparison?.changes ?? []),
    })),
  };
}

function impactOf(impact: Impact | undefined, changes: readonly object[]): object | undefined {
  if (impact?.status !== 'counted') return impact;
  const { byChange, ...rest } = impact;
  // By position in the list of changes, which are objects without a name.
  return {
    ...rest,
    byChange: [...byChange].map(([change, records]) => ({ change: changes.indexOf(change), records })),
  };
}
