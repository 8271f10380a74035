import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import type { RunOrder } from '../../registry/runs/order.ts';
import { steer } from '../../runner/steer.ts';
import { orderClaims } from '../support/claims.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { outcomeOf, proceed } from '../support/proceed.ts';
import { createTestRegistry } from '../support/registry.ts';
import { createRowClaims, newRow, oldAsNew, oldRow, rowClaims, rowOrder, rowsOf } from '../support/relational.ts';
import { createTwin, differences, startWorkload } from '../support/workload.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
});

/** The same order with a script behind its operations. */
function scripted(order: Partial<RunOrder>, body: string, more = ''): Partial<RunOrder> {
  return {
    ...order,
    migrationText: `${order.migrationText}script: { file: 3.0.0.js }\n${more}`,
    files: {
      old: {},
      new: { 'migrations/claim/3.0.0.js': `export function transformRecord(record, { key }) {\n${body}\n}` },
    },
  };
}

const string = { type: 'string' };
const number = { type: 'number' };

it('passes every row through the script while the application writes, and back', async () => {
  await createRowClaims(target, 2000);
  await createTwin(target);
  const workload = await startWorkload(url, { seed: 41, truncates: true, change: "note = $2::jsonb ->> 'note'" });
  const { migrationText = '' } = rowClaims;
  const order = { ...rowClaims, migrationText: migrationText.replace(/ {2}- set: .*\n/, '') };
  const id = await orderClaims(registry, scripted(order, "return { ...record, currency: 'EUR' };"));
  expect(await outcomeOf(registry, url, id)).toBe('reversing');
  await workload.stop();
  expect(await differences(target, oldAsNew, newRow)).toEqual([]);
  await steer(registry, id, 'rollback', 'platform-engineer');
  expect(await outcomeOf(registry, url, id)).toBe('rolled-back');
  expect(await differences(target, oldRow, oldRow)).toEqual([]);
}, 180_000);

it('changes no digit of what the script leaves, moves or copies', async () => {
  await target.query(`CREATE TABLE claims (id bigint PRIMARY KEY, big bigint, exact numeric, float float8, at timestamptz, doc jsonb, fix numeric(30, 2));
    INSERT INTO claims VALUES (9007199254740993, 9007199254740995, 12345678901234567890.1234567890, '-0', '2025-01-15 10:00:00.123456+02',
      '{"n": [1.10, 9007199254740993, 1e-7]}', 10000000000000000001.50), (2, NULL, 0.10, 0.1, NULL, NULL, NULL)`);
  const before = {
    properties: {
      id: { type: 'integer' },
      big: { type: 'integer' },
      exact: number,
      float: number,
      at: { type: 'string', format: 'date-time' },
      doc: { type: 'object' },
      fix: number,
    },
  };
  const after = {
    properties: { ...before.properties, copied: { type: 'integer' }, moved: { type: 'object' }, digits: string },
  };
  const order = scripted(
    rowOrder(before, after, []),
    `if (record.big === undefined) return { ...record, digits: key };
    return { ...record, copied: record.big, moved: { exact: record.exact }, digits: record.big.digits };`,
  );
  const run = await proceed(registry, url, await orderClaims(registry, order));
  expect([run.state, run.error]).toEqual(['reversing', undefined]);
  expect(await rowsOf(target)).toEqual([
    '(2,,0.10,0.1,,,,,,2)',
    '(9007199254740993,9007199254740995,12345678901234567890.1234567890,-0,"2025-01-15 08:00:00.123456+00",' +
      '"{""n"": [1.10, 9007199254740993, 0.0000001]}",10000000000000000001.50,9007199254740995,' +
      '"{""exact"": 12345678901234567890.1234567890}",9007199254740995)',
  ]);
});

it.each([
  ['is refused by the script', 'if (record.id === 2) throw new Error(record.a);', { key: '2', pointer: '' }],
  ['gets a value that its column does not hold', "if (record.id === 2) record.a = 'abcd';", { pointer: '/a' }],
  ['gets a member that has no column', 'record.other = 1;', { key: '1', pointer: '/other' }],
  ['is not valid then', "if (record.id === 2) record.a = 'x';", { key: '2', pointer: '/a' }],
  ['loses what must be there', 'if (record.id === 2) delete record.a;', { key: '2', pointer: '' }],
])('stops at a row that %s', async (_, change, told) => {
  await target.query(`CREATE TABLE claims (id int PRIMARY KEY, a varchar(3) NOT NULL, b text);
    INSERT INTO claims VALUES (1, 'abc', NULL), (2, 'abc', 'b')`);
  const a = { type: 'string', maxLength: 3, minLength: 2 };
  const properties = { id: { type: 'integer' }, a, b: string };
  const open = (order: Partial<RunOrder>) => ({
    ...order,
    newText: (order.newText ?? '').replace('"additionalProperties":false', '"additionalProperties":true'),
  });
  const order = open(rowOrder({ properties, required: ['a'] }, { properties, required: ['a'] }, []));
  const run = await proceed(registry, url, await orderClaims(registry, scripted(order, `${change} return record;`)));
  expect(run.state).toBe('failed');
  expect(run.error).toMatchObject(told);
  expect(run.error?.message).not.toContain('abc');
  expect(await rowsOf(target)).toEqual(['(1,abc,)', '(2,abc,b)']);
});

it('sets rows aside that the script refuses, or that their columns do not hold, where that was approved', async () => {
  await target.query(`CREATE TABLE claims (id int PRIMARY KEY, a varchar(3));
    INSERT INTO claims SELECT n, 'a' FROM generate_series(1, 20) AS n`);
  const order = rowOrder({ properties: { a: string } }, { properties: { a: string } }, []);
  const body = "if (key === '3') throw new Error(); return { a: key === '4' ? 'abcd' : 'b' };";
  const run = await proceed(
    registry,
    url,
    await orderClaims(registry, scripted(order, body, 'invalid: quarantine 2\n')),
  );
  expect([run.state, run.error]).toEqual(['reversing', undefined]);
  expect(await rowsOf(target)).toEqual([1, 2, ...Array.from({ length: 16 }, (_, n) => n + 5)].map((n) => `(${n},b)`));
});

it('does not cut over what a script makes of chance', async () => {
  await target.query("CREATE TABLE claims (id int PRIMARY KEY, a text); INSERT INTO claims VALUES (1, 'a'), (2, 'b')");
  const order = rowOrder({ properties: { a: string } }, { properties: { a: string } }, []);
  const run = await proceed(
    registry,
    url,
    await orderClaims(registry, scripted(order, 'return { a: String(Math.random()) };')),
  );
  expect(run.state).toBe('failed');
  expect(run.error?.message).toMatch(/differ|same/);
  expect(await rowsOf(target)).toEqual(['(1,a)', '(2,b)']);
});
