import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hasEntries } from '../../../runner/databases/postgres/apply.ts';
import { Carrier } from '../../../runner/steps/carry-over.ts';
import { Throttle } from '../../../runner/throttle.ts';
import type { Work } from '../../../runner/work.ts';
import { createClaims } from '../../support/claims.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { createTestRegistry } from '../../support/registry.ts';
import { beginCapturing } from '../../support/work.ts';

let target: Pool;
let work: Work;
let statements: string[];
beforeEach(async () => {
  const { pool: registry } = await createTestRegistry();
  const { pool, url } = await createTestDatabase();
  target = pool;
  await createClaims(target, { rows: 1000, key: 'bigint', keyValue: 'n' });
  work = await beginCapturing(registry, url);
  statements = [];
  const query = work.client.query.bind(work.client) as (...parts: unknown[]) => Promise<unknown>;
  const noting = (...parts: unknown[]) => {
    if (typeof parts[0] === 'string') statements.push(parts[0]);
    return query(...parts);
  };
  work.client.query = noting as typeof work.client.query;
});
afterEach(() => work.client.end());

const begun = () => statements.filter((text) => text.startsWith('BEGIN')).length;
const patience = () => ({ ...work.patience, duty: 1 });
/** Nobody has read the signals yet, so somebody may be there. */
const busy = () => new Throttle(work.client, patience(), work.table);

it('takes few keys at a time beside an application, and ever more where that does not suffice', async () => {
  await target.query("UPDATE claims SET region = 'south'");
  await new Carrier(work, busy()).carry();
  expect(await hasEntries(work.client, work.names.log)).toBe(false);
  expect(work.progress.figures.captured).toBe(1000);
  // 200, 400, and the last 400 of up to 800.
  expect(begun()).toBe(3);
});

it('leaves for later what is written right after, but does not wait alone', async () => {
  const carrier = new Carrier(work, busy());
  await carrier.carry();
  await target.query("UPDATE claims SET region = 'south' WHERE id = 1");
  await carrier.carry();
  expect(await hasEntries(work.client, work.names.log)).toBe(true);

  await work.client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  let alone = busy();
  for (; alone.isBusy; await alone.reasonToHold()) alone = busy();
  const second = new Carrier(work, alone);
  await second.carry();
  expect(await hasEntries(work.client, work.names.log)).toBe(false);
});
