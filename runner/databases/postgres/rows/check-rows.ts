import type { Client } from 'pg';
import type { RunOptions } from '../../../../core/migration/run-options.ts';
import type { Obstacle } from '../obstacle.ts';
import { qualified } from '../relation.ts';
import type { Table } from '../table.ts';
import { findColumnDependants } from './changed-columns.ts';
import { planColumns, type RowVersions } from './plan-columns.ts';
import { readRowColumns } from './read-columns.ts';

/** What keeps a table whose columns are the properties from being moved. Writes nothing. All obstacles at once. */
export async function checkRows(
  client: Client,
  table: Table,
  { invalid }: Pick<RunOptions, 'invalid'>,
  versions: RowVersions | { readonly obstacles: readonly Obstacle[] } | undefined,
): Promise<Obstacle[]> {
  const obstacles: Obstacle[] = [];
  if (invalid.action === 'keep') {
    obstacles.push({
      problem: `Records of ${qualified(table)} cannot stay as they were: their columns change`,
      remedy: 'Write `invalid: stop` or `invalid: quarantine …` in the migration file.',
    });
  }
  if (versions === undefined) {
    const problem = `The columns of ${qualified(table)} are the properties, and without both versions nothing can be said of them`;
    return [...obstacles, { problem, remedy: 'Let a run with `dryRun: true` look at it.' }];
  }
  if ('obstacles' in versions) return [...obstacles, ...versions.obstacles];
  const planned = planColumns(await readRowColumns(client, table), table.primaryKey, versions);
  if ('obstacles' in planned) return [...obstacles, ...planned.obstacles];
  return [...obstacles, ...(await findColumnDependants(client, table, planned.plan))];
}
