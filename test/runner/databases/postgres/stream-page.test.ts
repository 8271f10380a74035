import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { copyBatch } from '../../../../runner/databases/postgres/copy.ts';
import { qualified } from '../../../../runner/databases/postgres/relation.ts';
import { fenceOf, forwardOf } from '../../../../runner/work.ts';
import { claimOrder, createClaims } from '../../../support/claims.ts';
import { createTestDatabase } from '../../../support/postgres.ts';
import { createTestRegistry } from '../../../support/registry.ts';
import { beginCapturing } from '../../../support/work.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
});

const quarantine = { migrationText: `${claimOrder().migrationText}invalid: quarantine 10\n` };

/** Copies the claims in two batches; what was made of them, and the last batch. */
async function copied(streaming: boolean, order = {}) {
  const work = await beginCapturing(registry, url, order);
  try {
    const crossing = forwardOf(work);
    const first = await copyBatch(work.client, fenceOf(work), crossing, null, 10, streaming);
    const last = await copyBatch(work.client, fenceOf(work), crossing, first?.checkpoint ?? null, 100, streaming);
    const rows = async (table: string) => (await target.query(`SELECT * FROM ${table} ORDER BY id`)).rows as unknown[];
    return {
      rows: await rows(qualified(crossing.to)),
      aside:
        crossing.aside &&
        (
          await target.query(
            `SELECT id, sluice_pointer, sluice_reason FROM ${qualified(crossing.aside.table)} ORDER BY id`,
          )
        ).rows,
      last,
    };
  } finally {
    await work.client.end();
    await target.query('DROP SCHEMA IF EXISTS sluice_runner CASCADE');
  }
}

it('makes of records what the careful way makes of them, whatever characters are in their texts and keys', async () => {
  await createClaims(target, { rows: 30, key: 'text', keyValue: String.raw`n || E'\\ \t\n"''é😀%s'` });
  await target.query(
    String.raw`UPDATE claims SET document = document || jsonb_build_object('note', E'a\\b"c\td\ne\u0001é😀'), region = E'\\N'`,
  );
  const streamed = await copied(true);
  expect(streamed.last).toMatchObject({ streamed: true, records: 20 });
  expect(streamed.rows).toHaveLength(30);
  expect(streamed.rows).toEqual((await copied(false)).rows);
});

it('sets aside what is not valid, and leaves a batch with what cannot be converted to the careful way', async () => {
  await createClaims(target, { rows: 30, key: 'bigint', keyValue: 'n' });
  await target.query("UPDATE claims SET document = document - 'claim_id' WHERE id IN (3, 25)");
  const streamed = await copied(true, quarantine);
  expect(streamed.last).toMatchObject({ streamed: true, refused: 1 });
  expect(streamed.rows).toHaveLength(28);
  const { rows, aside } = await copied(false, quarantine);
  expect([streamed.rows, streamed.aside]).toEqual([rows, aside]);

  await target.query(`UPDATE claims SET document = document || '{"claim_amount":"much"}' WHERE id = 20`);
  const refused = await copied(true, quarantine);
  expect(refused.last).toMatchObject({ streamed: false, refused: 2 });
  expect(refused.aside).toHaveLength(3);
});

it('never takes a record that cannot be converted for one without a document', async () => {
  await createClaims(target, { rows: 12, key: 'bigint', keyValue: 'n' });
  await target.query('ALTER TABLE claims ALTER document DROP NOT NULL');
  await target.query('UPDATE claims SET document = NULL WHERE id = 11');
  const { rows, last } = await copied(true);
  expect(last).toMatchObject({ streamed: false, refused: 0 });
  expect(rows).toContainEqual(expect.objectContaining({ id: '11', document: null }));
  await target.query(`UPDATE claims SET document = document || '{"claim_amount":"much"}' WHERE id = 12`);
  await expect(copied(true)).rejects.toMatchObject({ name: 'RecordRefused', key: '12', when: 'converting' });
});
