import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { invalidateApprovals } from '../../registry/approvals.ts';
import { createRun } from '../../registry/runs/create.ts';
import type { RunOrder } from '../../registry/runs/order.ts';
import { readRun } from '../../registry/runs/read.ts';
import { listVersions } from '../../registry/versions.ts';
import { executeRun } from '../../runner/execute.ts';
import { claimOrder, createClaims, orderClaims } from '../support/claims.ts';
import { dumpDatabase } from '../support/dump.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
});

/** Runs the order and gives what is remembered of it; whatever happens, the target must be as it was. */
async function refuse(id: string, given = url) {
  const before = await dumpDatabase(target);
  await executeRun(runnerContext(registry, given), id);
  expect(await dumpDatabase(target)).toEqual(before);
  expect(await listVersions(registry, { repository: 'acme/claims' })).toEqual([]);
  const run = await readRun(registry, id);
  expect(run?.state).toBe('failed');
  return run?.error;
}

describe('what was not approved is not run', () => {
  it('when there is no approval', async () => {
    await createClaims(target);
    const id = await createRun(registry, { ...claimOrder(), fingerprint: 'made up' });
    expect(await refuse(id)).toMatchObject({ code: 'not-approved' });
  });

  it('when the approval was taken back', async () => {
    await createClaims(target);
    const id = await orderClaims(registry, { pullRequest: 70 });
    await invalidateApprovals(registry, { repository: 'acme/claims', pullRequest: 70, reason: 'dismissed' });
    expect(await refuse(id)).toMatchObject({ code: 'not-approved' });
  });

  it.each([
    ['the migration', { migrationText: claimOrder().migrationText.replace('UNKNOWN', 'OTHER') }],
    ['the new schema', { newText: claimOrder().newText.replace('"policy_number"]', '"policy_number","note"]') }],
    ['the compatibility mode', { mode: 'NONE' }],
    ['the table', { target: { ...claimOrder().target, table: 'payroll' } }],
  ] satisfies [string, Partial<RunOrder>][])(
    'when %s was changed in the registry afterwards',
    async (_what, change) => {
      await createClaims(target);
      const id = await orderClaims(registry);
      const columns = { migrationText: 'migration_text', newText: 'new_text', mode: 'mode', target: 'target' };
      for (const [name, value] of Object.entries(change)) {
        await registry.query(`UPDATE sluice.runs SET ${columns[name as keyof typeof columns]} = $2 WHERE id = $1`, [
          id,
          value,
        ]);
      }
      expect((await refuse(id))?.code).toMatch(/^(not-approved|refuted)$/);
    },
  );
});

describe('a record that stops the run is named, and nothing is changed', () => {
  it('when it cannot be converted', async () => {
    await createClaims(target, { rows: 700 });
    await target.query(`UPDATE claims SET document = document || '{"claim_amount": "a secret"}' WHERE id = 650`);
    const error = await refuse(await orderClaims(registry));
    expect(error).toMatchObject({ code: 'unconvertible-record', key: '650', pointer: '/claim_amount' });
    expect(JSON.stringify(error)).not.toContain('a secret');
  });

  it('when it would not be valid under the new version', async () => {
    await createClaims(target, { rows: 700 });
    await target.query(`UPDATE claims SET document = document || '{"note": 4711}' WHERE id = 333`);
    const error = await refuse(await orderClaims(registry));
    expect(error).toMatchObject({ code: 'invalid-record', key: '333', pointer: '/note' });
    expect(JSON.stringify(error)).not.toContain('4711');
  });

  it('when a constraint of the table refuses it', async () => {
    await createClaims(target);
    await target.query(
      `ALTER TABLE claims ADD CONSTRAINT text_amounts CHECK (jsonb_typeof(document->'claim_amount') = 'string')`,
    );
    expect(await refuse(await orderClaims(registry))).toMatchObject({
      code: '23514',
      message: expect.stringContaining('text_amounts') as string,
    });
  });
});

describe('a table that cannot be migrated is refused before the first write', () => {
  it('when it is not there', async () => {
    expect(await refuse(await orderClaims(registry))).toMatchObject({
      code: 'check-failed',
      message: expect.stringContaining('no table "public"."claims"') as string,
    });
  });

  it('when columns are missing or of a wrong type, all at once', async () => {
    await target.query('CREATE TABLE claims (id int PRIMARY KEY, document text)');
    const target1 = { name: 'claims', database: 'default', table: 'claims', key: 'number', document: 'document' };
    const error = await refuse(await orderClaims(registry, { target: target1 }));
    expect(error?.message).toContain('has no column "number"');
    expect(error?.message).toContain('is of type text');
  });

  it.each([
    ['a materialized view', 'CREATE MATERIALIZED VIEW v AS SELECT * FROM claims', 'materialized view public.v'],
    [
      'a foreign key to itself',
      'ALTER TABLE claims ADD COLUMN parent bigint REFERENCES claims',
      'constraint claims_parent_fkey',
    ],
    [
      'a partitioned table that refers to it',
      'CREATE TABLE child (claim bigint REFERENCES claims) PARTITION BY RANGE (claim); CREATE TABLE p PARTITION OF child DEFAULT',
      'constraint child_claim_fkey',
    ],
    [
      'row-level security for its owner too',
      'ALTER TABLE claims ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY',
      'forces row-level security',
    ],
    [
      'a policy of another table that reads it',
      'CREATE TABLE other (id int); CREATE POLICY p ON other USING (EXISTS (SELECT FROM claims))',
      'policy p',
    ],
    ['a publication', 'CREATE PUBLICATION p FOR TABLE claims', 'publication'],
    ['a publication of its schema', 'CREATE PUBLICATION p FOR TABLES IN SCHEMA public', 'published'],
    ['a publication of all tables', 'CREATE PUBLICATION p FOR ALL TABLES', 'published'],
    ['extended statistics', 'CREATE STATISTICS s ON region, created FROM claims', 'statistics object'],
    [
      'a function over its rows',
      "CREATE FUNCTION f(claims) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      'function public.f',
    ],
    ['a column of its row type', 'CREATE TABLE holder (c claims)', 'column c of table public.holder'],
    ['inheritance', 'CREATE TABLE heir () INHERITS (claims)', 'inheritance'],
    ['a rule', 'CREATE RULE r AS ON DELETE TO claims DO INSTEAD NOTHING', 'rules'],
    [
      'a type of its own',
      'CREATE TYPE shape AS (id bigint, document jsonb, region text, created timestamptz); ALTER TABLE claims OF shape',
      'typed table',
    ],
    ['a column by a name of ours', 'ALTER TABLE claims ADD COLUMN sluice_pointer text', 'begins with sluice_'],
    [
      'a view with a rule',
      'CREATE VIEW w AS SELECT * FROM claims; CREATE RULE r AS ON INSERT TO w DO INSTEAD INSERT INTO claims (document) VALUES (NEW.document)',
      'view public.w',
    ],
    ['unlogged storage', 'ALTER TABLE claims SET UNLOGGED', 'unlogged'],
  ])('when it has %s', async (_what, sql, named) => {
    await createClaims(target, { rows: 20 });
    await target.query(sql);
    const error = await refuse(await orderClaims(registry));
    expect(error?.code).toBe('check-failed');
    expect(error?.message).toContain(named);
    expect(error?.remedy).not.toBe('');
  });

  it('when it is in a tablespace of its own', async () => {
    await createClaims(target, { rows: 20 });
    const name = `apart_${url.slice(-12)}`;
    const session = await target.connect();
    try {
      await session.query('SET allow_in_place_tablespaces = on');
      await session.query(`CREATE TABLESPACE ${name} LOCATION ''`);
      await session.query(`ALTER TABLE claims SET TABLESPACE ${name}`);
      expect((await refuse(await orderClaims(registry)))?.message).toContain('in a tablespace of its own');
    } finally {
      await session.query('ALTER TABLE claims SET TABLESPACE pg_default');
      await session.query(`DROP TABLESPACE ${name}`);
      session.release(true);
    }
  });

  it('when a subscription fills it', async () => {
    await createClaims(target, { rows: 20 });
    await target.query(
      "CREATE SUBSCRIPTION elsewhere CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE)",
    );
    const session = await target.connect();
    try {
      // As it is once the publisher has been asked for its tables.
      await session.query('SET allow_system_table_mods = on');
      await session.query(
        "INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate) SELECT oid, 'claims'::regclass, 'r' FROM pg_subscription WHERE subname = 'elsewhere'",
      );
      expect((await refuse(await orderClaims(registry)))?.message).toContain('filled by a subscription');
    } finally {
      await session.query('DROP SUBSCRIPTION elsewhere');
      session.release(true);
    }
  });

  it('when it is partitioned', async () => {
    await target.query(
      'CREATE TABLE claims (id bigint PRIMARY KEY, document jsonb NOT NULL) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF claims DEFAULT',
    );
    expect((await refuse(await orderClaims(registry)))?.message).toContain('partitioned');
  });

  it('when its key has several columns', async () => {
    await target.query('CREATE TABLE claims (id bigint, tenant int, document jsonb, PRIMARY KEY (tenant, id))');
    await target.query(`INSERT INTO claims VALUES (1, 1, '{}')`);
    expect((await refuse(await orderClaims(registry)))?.message).toContain('not the primary key');
  });

  it('when another run has its hands on it', async () => {
    await createClaims(target, { rows: 20 });
    const first = await orderClaims(registry);
    await executeRun(runnerContext(registry, url), first);
    const second = await orderClaims(registry);
    await executeRun(runnerContext(registry, url), second);
    expect(await readRun(registry, second)).toMatchObject({ state: 'failed', error: { code: 'check-failed' } });
    expect((await readRun(registry, second))?.error?.remedy).toContain(`sluice rollback ${first}`);
    expect((await readRun(registry, first))?.state).toBe('reversing');
  });

  it('when the role may not do what is needed', async () => {
    await createClaims(target, { rows: 20 });
    const role = `guest_${url.slice(-12)}`;
    await target.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT SELECT ON claims TO ${role}`);
    const guest = new URL(url);
    guest.username = role;
    guest.password = 'x';
    const error = await refuse(await orderClaims(registry), guest.href);
    expect(error?.message).toContain(`does not own "public"."claims"`);
    expect(error?.message).toContain('may not create schemas');
    expect(error?.message).toContain('may not see what other sessions do');
    await target.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });

  it('when the password is wrong, without telling it', async () => {
    const wrong = new URL(url);
    wrong.password = 'not-the-password';
    const error = await refuse(await orderClaims(registry), wrong.href);
    expect(error).toMatchObject({ code: '28P01' });
    expect(JSON.stringify(error)).not.toContain('not-the-password');
  });

  it('when the runner has no address for the database', async () => {
    const target1 = { name: 'claims', database: 'billing-eu', table: 'claims', key: 'id', document: 'document' };
    expect(await refuse(await orderClaims(registry, { target: target1 }))).toMatchObject({
      code: 'no-database',
      remedy: expect.stringContaining('SLUICE_DATABASE_BILLING_EU') as string,
    });
  });
});

it('has nothing to move where the table is empty: the version is published at once', async () => {
  await createClaims(target, { rows: 0 });
  const before = await dumpDatabase(target);
  const id = await orderClaims(registry);
  await executeRun(runnerContext(registry, url), id);
  expect((await readRun(registry, id))?.state).toBe('completed');
  expect(await listVersions(registry, { repository: 'acme/claims' })).toHaveLength(1);
  expect(await dumpDatabase(target)).toEqual(before);
});
