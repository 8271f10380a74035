import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyBatch } from '../../../../runner/databases/postgres/copy.ts';
import { qualified } from '../../../../runner/databases/postgres/relation.ts';
import { fenceOf, forwardOf } from '../../../../runner/work.ts';
import { createClaims } from '../../../support/claims.ts';
import { createTestDatabase } from '../../../support/postgres.ts';
import { createTestRegistry } from '../../../support/registry.ts';
import { beginCapturing } from '../../../support/work.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
  await createClaims(target, { rows: 1300, key: 'bigint', keyValue: 'n' });
});

const script = `export function transformRecord(record) {
  if (record.claim_id === 'C-700') throw new Error('no');
  if (record.claim_id === 'C-701') return { claim_id: 'C-701' };
  return record.policy_number === undefined ? { ...record, policy_number: 'é\\\\n\\t' } : null;
}`;

async function copied(streaming: boolean, invalid: string) {
  const work = await beginCapturing(registry, url, {
    migrationText: `from: 2.8.0
to: 3.0.0
transform:
  - cast: { at: /claim_amount, from: string, to: number }
script: { file: 3.0.0.js }
invalid: ${invalid}
`,
    files: { old: {}, new: { 'migrations/claim/3.0.0.js': script } },
  });
  try {
    const crossing = forwardOf(work);
    const batch = await copyBatch(work.client, fenceOf(work), crossing, null, 5000, streaming);
    const { rows } = await target.query(`SELECT * FROM ${qualified(crossing.to)} ORDER BY id`);
    const aside =
      crossing.aside &&
      (await target.query(`SELECT id, sluice_reason FROM ${qualified(crossing.aside.table)} ORDER BY id`)).rows;
    return { batch, rows: rows as unknown[], aside };
  } finally {
    await work.client.end();
    await target.query('DROP SCHEMA IF EXISTS sluice_runner CASCADE');
  }
}

it('makes of many portions what the careful way makes of them at once, and sets aside the same', async () => {
  const streamed = await copied(true, 'quarantine 10');
  expect(streamed.batch).toMatchObject({ records: 1300, refused: 2, streamed: true });
  expect(streamed.rows).toHaveLength(1298);
  expect(streamed.aside).toHaveLength(2);
  const careful = await copied(false, 'quarantine 10');
  expect([streamed.rows, streamed.aside]).toEqual([careful.rows, careful.aside]);
});

it('keeps nothing of a batch with a record that the script refuses, and names the first', async () => {
  await expect(copied(true, 'stop')).rejects.toMatchObject({ name: 'RecordRefused', key: '700', when: 'converting' });
  const { rows } = await target.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, relname) AS name FROM pg_stat_user_tables WHERE schemaname LIKE 'sluice\\_%\\_new'",
  );
  expect(rows).toHaveLength(1);
  expect((await target.query(`SELECT FROM ${rows[0]?.name}`)).rowCount).toBe(0);
});

describe('a row that is there already, since the application wrote it', () => {
  const written = `INSERT INTO %s (id, document) VALUES (650, '{"written": "later"}')`;

  it.each([
    ['before the batch', (text: string) => text.startsWith('BEGIN'), true],
    ['after it was looked whether there is one', (text: string) => text.includes('set_config'), false],
  ])('%s stays as it is', async (_, isTime, streamed) => {
    const work = await beginCapturing(registry, url, {
      migrationText: 'from: 2.8.0\nto: 3.0.0\nscript: { file: 3.0.0.js }\n',
      files: { old: {}, new: { 'migrations/claim/3.0.0.js': plain } },
    });
    try {
      const crossing = forwardOf(work);
      const query = work.client.query.bind(work.client);
      let wrote = false;
      Reflect.set(work.client, 'query', async (...given: unknown[]) => {
        if (!wrote && typeof given[0] === 'string' && isTime(given[0])) {
          wrote = true;
          await target.query(written.replace('%s', qualified(crossing.to)));
        }
        return Reflect.apply(query, work.client, given) as unknown;
      });
      const batch = await copyBatch(work.client, fenceOf(work), crossing, null, 5000);
      expect([wrote, batch]).toMatchObject([true, { records: 1300, refused: 0, streamed }]);
      const { rows } = await target.query(
        `SELECT count(*)::int AS all, count(*) FILTER (WHERE document ? 'seen')::int AS copied,
           min(document::text) FILTER (WHERE id = 650) AS written FROM ${qualified(crossing.to)}`,
      );
      expect(rows).toEqual([{ all: 1300, copied: 1299, written: '{"written": "later"}' }]);
    } finally {
      await work.client.end();
    }
  });
});

const plain = `export function transformRecord(record) {
  return { ...record, claim_amount: 1, policy_number: 'x', seen: true };
}`;
