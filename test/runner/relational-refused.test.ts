import type { Pool } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunOrder } from '../../registry/runs/order.ts';
import { previewRollBack } from '../../runner/preview-roll-back.ts';
import { steer } from '../../runner/steer.ts';
import { orderClaims } from '../support/claims.ts';
import { dumpDatabase } from '../support/dump.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { proceed } from '../support/proceed.ts';
import { createTestRegistry } from '../support/registry.ts';
import { rowOrder, rowsOf } from '../support/relational.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeAll(async () => {
  ({ pool: registry } = await createTestRegistry());
});
beforeEach(async () => {
  ({ pool: target, url } = await createTestDatabase());
});

const string = { type: 'string' };

/** Runs an order that has to fail, and gives back why; the database is as it was. */
async function refusalOf(order: Partial<RunOrder>) {
  const before = await dumpDatabase(target);
  const run = await proceed(registry, url, await orderClaims(registry, order));
  expect(run.state).toBe('failed');
  expect(await dumpDatabase(target)).toEqual(before);
  return run.error;
}

describe('what hangs on a column that does not stay as it is', () => {
  const before = { properties: { a: string, b: string, c: string, d: string } };
  const after = { properties: { b: { type: 'integer' }, c2: string, d: string } };
  const transform = ['remove: { at: /a }', 'cast: { at: /b, from: string, to: integer }', 'rename: { at: /c, to: c2 }'];

  it('is named before anything is written, all at once', async () => {
    await target.query(`
      CREATE TABLE claims (id int PRIMARY KEY, a text CHECK (a <> ''), b text DEFAULT '0', c text, d text,
        sum int GENERATED ALWAYS AS (length(b)) STORED, UNIQUE (a, d));
      CREATE INDEX on_b ON claims (d) WHERE b IS NOT NULL;
      CREATE VIEW seen AS SELECT a FROM claims;
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.c := upper(NEW.c); RETURN NEW; END';
      CREATE TRIGGER touched BEFORE UPDATE ON claims FOR EACH ROW EXECUTE FUNCTION touch();
      INSERT INTO claims (id, a, b) VALUES (1, 'x', '1')`);
    const first = await refusalOf(rowOrder(before, after, transform));
    expect(first?.code).toBe('check-failed');
    expect(first?.message).toContain('The column "b" becomes bigint, and its default would be lost');
    await target.query('ALTER TABLE claims ALTER b DROP DEFAULT');
    const error = await refusalOf(rowOrder(before, after, transform));
    for (const part of [
      'constraint claims_a_check on table public.claims needs the column "a"',
      'constraint claims_a_d_key on table public.claims needs the column "a"',
      'view public.seen needs the column "a"',
      'index public.on_b needs the column "b"',
      'column sum of table public.claims needs the column "b"',
      'The trigger "touched"',
    ]) {
      expect(error?.message).toContain(part);
    }
  });

  it('is no obstacle where columns only are added', async () => {
    await target.query(`
      CREATE TABLE claims (id int PRIMARY KEY, a text CHECK (a <> ''), changed int NOT NULL DEFAULT 0);
      CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.changed := OLD.changed + 1; RETURN NEW; END';
      CREATE TRIGGER counted BEFORE UPDATE ON claims FOR EACH ROW EXECUTE FUNCTION count_up();
      INSERT INTO claims VALUES (1, 'x')`);
    const properties = { a: string, kind: { ...string, default: 'plain' } };
    const order = rowOrder({ properties: { a: string } }, { properties, required: ['kind'] }, [
      'set: { at: /kind, value: new }',
    ]);
    expect((await proceed(registry, url, await orderClaims(registry, order))).state).toBe('reversing');
    await target.query("UPDATE claims SET a = 'y'; INSERT INTO claims (id, a) VALUES (2, 'z')");
    expect(await rowsOf(target)).toEqual(['(1,y,1,new)', '(2,z,0,plain)']);
  });
});

describe('a table that is not as the versions say', () => {
  it.each([
    {
      name: 'a property has no column',
      table: 'id int PRIMARY KEY, a text',
      before: { properties: { a: string, b: string } },
      after: { properties: { a: string } },
      transform: ['remove: { at: /b }'],
      message: 'The property "b" of the old version has no column',
    },
    {
      name: 'a new property has the name of a column that nobody has described',
      table: 'id int PRIMARY KEY, a text, b text',
      before: { properties: { a: string } },
      after: { properties: { a: string, b: string } },
      transform: ['set: { at: /b, value: x }'],
      message: 'The column "b" is there already',
    },
    {
      name: 'a property is a column of a type that JSON cannot hold',
      table: 'id int PRIMARY KEY, a point',
      before: { properties: { a: string } },
      after: { properties: {} },
      transform: ['remove: { at: /a }'],
      message: 'The column "a" is of type point, which the runner does not read as a property',
    },
    {
      name: 'a property is computed by the database',
      table: 'id int PRIMARY KEY, a text GENERATED ALWAYS AS (id::text) STORED',
      before: { properties: { a: string } },
      after: { properties: { a: string, b: string } },
      transform: ['set: { at: /b, value: x }'],
      message: 'The column "a" is computed by the database',
    },
    {
      name: 'the key is no property any more',
      table: 'id int PRIMARY KEY, a text',
      before: { properties: { id: { type: 'integer' }, a: string } },
      after: { properties: { a: string } },
      transform: ['remove: { at: /id }'],
      message: 'The key "id" is a property of the old version and not of the new one',
    },
  ])('is refused where $name', async ({ table, before, after, transform, message }) => {
    await target.query(`CREATE TABLE claims (${table}); INSERT INTO claims (id) VALUES (1)`);
    const error = await refusalOf(rowOrder(before, after, transform));
    expect(error).toMatchObject({ code: 'check-failed', message: expect.stringContaining(message) as string });
  });

  it('is refused where properties are declared in a branch only', async () => {
    await target.query('CREATE TABLE claims (id int PRIMARY KEY, a text); INSERT INTO claims VALUES (1)');
    const order = rowOrder({ properties: { a: string } }, { properties: { a: string } }, ['set: { at: /a, value: x }']);
    const branched = { ...JSON.parse(order.newText ?? ''), allOf: [{ properties: { b: string } }] } as object;
    const error = await refusalOf({ ...order, newText: JSON.stringify(branched) });
    expect(error?.message).toContain('In the new version the schema declares "b" in a branch only');
  });
});

describe('records that do not fit the columns', () => {
  const versions = [{ properties: { a: string } }, { properties: { a: { type: 'integer' } } }] as const;

  it.each([
    { value: '9223372036854775808', pointer: '/a', reason: 'would not be the same in its column' },
    { value: '1.5', pointer: '/a', reason: 'not a whole number' },
  ])('stop the run and are named: $value', async ({ value, pointer, reason }) => {
    await target.query('CREATE TABLE claims (id int PRIMARY KEY, a text)');
    await target.query("INSERT INTO claims VALUES (1, '7'), (2, $1)", [value]);
    const error = await refusalOf(rowOrder(...versions, ['cast: { at: /a, from: string, to: integer }']));
    expect(error).toMatchObject({ key: '2', pointer, message: expect.stringContaining(reason) as string });
    expect(error?.message).not.toContain(value);
  });

  it('stop the run where a member has no column, for nothing is dropped that nobody has said to drop', async () => {
    await target.query(
      "CREATE TABLE claims (id int PRIMARY KEY, a text, b text); INSERT INTO claims VALUES (1, 'x', 'y')",
    );
    const order = rowOrder({ properties: { a: string, b: string } }, { properties: { a: string } }, [
      'set: { at: /a, value: z }',
    ]);
    const open = { ...JSON.parse(order.newText ?? ''), additionalProperties: true } as object;
    const error = await refusalOf({ ...order, newText: JSON.stringify(open) });
    expect(error).toMatchObject({ code: 'unconvertible-record', pointer: '/b' });
  });

  it('stop the run where the column is too short or not precise enough', async () => {
    await target.query(`CREATE TABLE claims (id int PRIMARY KEY, a varchar(3), n numeric(6, 2), x text);
      INSERT INTO claims VALUES (1, 'abc', 1.25, 'long text')`);
    const properties = { a: string, n: { type: 'number' } };
    const before = { properties: { ...properties, x: string } };
    const short = rowOrder(before, { properties }, ['set: { at: /a, from: /x }', 'remove: { at: /x }']);
    expect(await refusalOf(short)).toMatchObject({ key: '1', pointer: '/a' });
    const exact = rowOrder(before, { properties }, ['shift-decimals: { at: /n, by: -1 }', 'remove: { at: /x }']);
    expect(await refusalOf(exact)).toMatchObject({ key: '1', pointer: '/n' });
  });

  it('are met again when they are written after the cutover, and are named before a rollback', async () => {
    await target.query(
      "CREATE TABLE claims (id int PRIMARY KEY, a varchar(3) NOT NULL); INSERT INTO claims VALUES (1, 'abc')",
    );
    const before = { properties: { a: { type: 'string', maxLength: 3 } }, required: ['a'] };
    const order = rowOrder(before, { properties: { a: { type: 'string', maxLength: 9 } } }, [
      'case: { at: /a, to: upper }',
    ]);
    const run = await proceed(registry, url, await orderClaims(registry, order));
    expect(run.error).toBeUndefined();
    await target.query("INSERT INTO claims VALUES (2, 'LONGER'), (3, NULL), (4, 'ABC')");
    const preview = await previewRollBack(url, run);
    expect(preview).toMatchObject({ written: 3, stuckCount: 2 });
    await steer(registry, run.id, 'rollback', 'platform-engineer');
    expect((await proceed(registry, url, run.id)).state).toBe('needs-attention');
    await target.query("DELETE FROM claims WHERE id = 2; UPDATE claims SET a = 'X' WHERE id = 3");
    await steer(registry, run.id, 'rollback', 'platform-engineer');
    expect((await proceed(registry, url, run.id)).state).toBe('rolled-back');
    expect(await rowsOf(target)).toEqual(['(1,abc)', '(3,X)', '(4,ABC)']);
  });
});

it('refuses what rows cannot have: records kept as they were', async () => {
  await target.query("CREATE TABLE claims (id int PRIMARY KEY, a text); INSERT INTO claims VALUES (1, 'x')");
  const order = rowOrder({ properties: { a: string } }, { properties: { a: string } }, ['set: { at: /a, value: x }']);
  const kept = await refusalOf({ ...order, migrationText: `${order.migrationText}invalid: keep\n` });
  expect(kept?.message).toContain('cannot stay as they were');
});
