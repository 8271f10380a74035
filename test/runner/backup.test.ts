import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRun } from '../../registry/runs/read.ts';
import { executeRun } from '../../runner/execute.ts';
import { claimOrder, createClaims, orderClaims } from '../support/claims.ts';
import { dumpDatabase } from '../support/dump.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';

let registry: Pool;
let target: Pool;
let url: string;
let folder: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
  folder = await mkdtemp(join(tmpdir(), 'backup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function execute(backup: string, backups: string | undefined = join(folder, 'exports')) {
  const id = await orderClaims(registry, { migrationText: `${claimOrder().migrationText}backup: ${backup}\n` });
  await executeRun(runnerContext(registry, url, { backups }), id);
  const run = await readRun(registry, id);
  if (run === undefined) throw new Error('no run');
  return run;
}

it.each(['jsonl', 'csv'])(
  'exports all records as %s before anything is made, and every one can be read back',
  async (format) => {
    await createClaims(target, { rows: 2500 });
    await target.query(
      `UPDATE claims SET region = E'a "quoted", \\n line', document = document || '{"n": 12345678901234567890.10}' WHERE id = 7`,
    );
    await target.query("UPDATE claims SET created = NULL, region = '' WHERE id = 8");
    await target.query('CREATE TABLE kept AS TABLE claims');
    const run = await execute(format);
    expect(run.error).toBeUndefined();
    const note = run.outcome?.backup;
    expect(note).toMatchObject({
      format,
      records: 2500,
      location: join(folder, 'exports', `claim-2.8.0-${run.id}.${format}`),
    });
    const text = await readFile(note?.location ?? '', 'utf8');
    expect(createHash('sha256').update(text).digest('hex')).toBe(note?.checksum);
    expect(Buffer.byteLength(text)).toBe(note?.bytes);
    expect((await stat(note?.location ?? '')).mode & 0o077).toBe(0);
    expect(await readdir(join(folder, 'exports'))).toHaveLength(1);

    await target.query('CREATE TABLE back (LIKE kept)');
    if (format === 'jsonl') {
      await target.query(
        `INSERT INTO back SELECT r.* FROM unnest($1::json[]) AS line, json_populate_record(NULL::back, line) AS r`,
        [text.trimEnd().split('\n')],
      );
    } else {
      const rows = readCsv(text).slice(1);
      for (const row of rows) await target.query('INSERT INTO back VALUES ($1, $2, $3, $4)', row);
    }
    const { rows } = await target.query('(TABLE kept EXCEPT TABLE back) UNION ALL (TABLE back EXCEPT TABLE kept)');
    expect(rows).toEqual([]);
  },
  120_000,
);

it('is refused, with nothing made, where the runner has no folder or cannot write to it', async () => {
  await createClaims(target, { rows: 20 });
  const before = await dumpDatabase(target);
  const id = await orderClaims(registry, { migrationText: `${claimOrder().migrationText}backup: jsonl\n` });
  await executeRun(runnerContext(registry, url), id);
  expect(await readRun(registry, id)).toMatchObject({ state: 'failed', error: { code: 'no-backup-folder' } });
  await writeFile(join(folder, 'file'), '');
  expect(await execute('csv', join(folder, 'file'))).toMatchObject({
    state: 'failed',
    error: { code: 'backup-failed' },
  });
  expect(await dumpDatabase(target)).toEqual(before);
});

it('keeps no old table longer than it must where no backup was asked for', async () => {
  await createClaims(target, { rows: 20 });
  const run = await execute('none');
  const { rows } = await registry.query('SELECT delay_ms::int AS delay FROM sluice.outbox WHERE key = $1', [
    `complete-${run.id}`,
  ]);
  expect(rows).toEqual([{ delay: 0 }]);
});

/** RFC 4180, where an unquoted nothing is null. */
function readCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
