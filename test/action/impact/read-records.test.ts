import { beforeAll, describe, expect, it } from 'vitest';
import { type ReadLimits, readRecords } from '../../../action/impact/read-records.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
const rows = 30_000;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(`
    CREATE TABLE claims (id bigint PRIMARY KEY, body jsonb);
    INSERT INTO claims SELECT n, CASE WHEN n % 10 > 0 THEN jsonb_build_object('n', n, 'pad', repeat('x', 100)) END
      FROM generate_series(1, ${rows}) AS n;
    ANALYZE claims;
    CREATE VIEW claims_view AS SELECT * FROM claims;
    CREATE TABLE unknown WITH (autovacuum_enabled = off) AS SELECT * FROM claims;
    CREATE TABLE parted (id bigint, body jsonb) PARTITION BY RANGE (id);
    CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (15000);
    CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (15000) TO (100000);
    INSERT INTO parted SELECT * FROM claims;
    ANALYZE parted;
    CREATE TABLE empty (id bigint, body jsonb);
  `);
});

async function read(table: string, limits: Partial<ReadLimits> = {}) {
  let seen: { key: string; document: string; block: string | undefined }[] = [];
  const target = { name: 'claims', database: 'default', table, key: 'id', document: 'body' };
  const result = await readRecords(
    { address: database.url, target },
    { whole: 1_000, sample: 2_000, time: 60_000, ...limits },
    {
      see: (key, document, block) => seen.push({ key, document, block }),
      restart: () => (seen = []),
    },
  );
  return { ...result, seen };
}

describe('the records of a table', () => {
  it('are all read when they are few, those without a document left out', async () => {
    const { seen, ...result } = await read('claims', { whole: 30_000 });
    expect(result).toMatchObject({ complete: true, sampled: false, stopped: undefined });
    expect(new Set(seen.map(({ key }) => key)).size).toBe(27_000);
    expect(await read('empty')).toMatchObject({ complete: true, seen: [] });
  });

  it.each(['claims', 'parted', 'unknown'])('are drawn at random from %s, which is larger', async (table) => {
    const { seen, ...result } = await read(table);
    expect(result).toMatchObject({ complete: false, sampled: true, stopped: undefined });
    expect(seen.length).toBeGreaterThan(1_200);
    expect(seen.length).toBeLessThan(3_000);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(seen.length);
    expect(result.population).toBeGreaterThan(22_000);
    expect(result.population).toBeLessThan(32_000);
    // From all over the table, and few from each block.
    const third = seen.filter(({ key }) => Number(key) > 20_000).length / seen.length;
    expect(third).toBeGreaterThan(0.2);
    expect(third).toBeLessThan(0.47);
    expect(seen.length / new Set(seen.map(({ block }) => block)).size).toBeLessThan(12);
  });

  it('are the same ones when they are drawn again', async () => {
    const keys = async () => (await read('claims')).seen.map(({ key }) => key);
    expect(await keys()).toEqual(await keys());
  });

  it('are the first ones of a view, from which nothing can be drawn', async () => {
    const { seen, ...result } = await read('claims_view');
    expect(result).toMatchObject({ complete: false, sampled: false, stopped: 'records', population: undefined });
    expect(seen).toHaveLength(1_000);
  });

  it('are no sample when time runs out', async () => {
    const result = await read('claims', { time: 0 });
    expect(result).toMatchObject({ complete: false, sampled: false, stopped: 'time', seen: [] });
    expect(result.population).toBeGreaterThan(22_000);
  });
});
