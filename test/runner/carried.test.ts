import type { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { readRun } from '../../registry/runs/read.ts';
import { executeRun } from '../../runner/execute.ts';
import { steer } from '../../runner/steer.ts';
import { createClaims, orderClaims } from '../support/claims.ts';
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

async function execute(id: string): Promise<string | undefined> {
  await executeRun(runnerContext(registry, url), id);
  const run = await readRun(registry, id);
  return run?.error === undefined ? run?.state : `${run.state}: ${run.error.message}`;
}

/** What hangs on the table in use: its catalog, from the dump. */
async function hangers(): Promise<string[]> {
  const lines = await dumpDatabase(target);
  const start = lines.indexOf('public.claims');
  const end = lines.findIndex((line, index) => index > start && line.startsWith('('));
  return lines.slice(start, end);
}

const long = 'an_index_whose_name_is_exactly_as_long_as_postgresql_allows_itX';

it('carries over all that hangs on a table: indexes, constraints, sequences, triggers, grants, comments, settings', async () => {
  await createClaims(target, { rows: 300 });
  const role = `reader_${url.slice(-12)}`;
  await target.query(`
    CREATE TABLE journal (at text);
    CREATE SEQUENCE public.batch_numbers;
    ALTER TABLE claims
      ADD COLUMN serial_number serial,
      ADD COLUMN batch int DEFAULT nextval('public.batch_numbers'),
      ADD COLUMN claim_id text GENERATED ALWAYS AS (document->>'claim_id') STORED,
      ADD COLUMN gone int,
      ADD COLUMN "Mixed ""Case" int CHECK ("Mixed ""Case" > 0),
      ADD CONSTRAINT claim_ids_are_unique UNIQUE (claim_id),
      ADD CONSTRAINT no_overlap EXCLUDE USING btree (serial_number WITH =) DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE claims DROP COLUMN gone;
    CREATE INDEX ${long} ON claims USING gin (document jsonb_path_ops);
    CREATE UNIQUE INDEX "Upper ""Case" ON claims (lower(claim_id)) WHERE region <> 'nowhere';
    CREATE INDEX described ON claims (region DESC NULLS LAST) INCLUDE (created) WITH (fillfactor = 70);
    ALTER TABLE claims SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_enabled = off);
    ALTER TABLE claims ALTER COLUMN region SET STATISTICS 500, ALTER COLUMN region SET (n_distinct = -0.5),
      ALTER COLUMN document SET STORAGE EXTERNAL;
    ALTER TABLE claims CLUSTER ON described;
    COMMENT ON TABLE claims IS 'What people''s claims say';
    COMMENT ON COLUMN claims.region IS 'where';
    COMMENT ON INDEX described IS 'an index';
    COMMENT ON CONSTRAINT claim_ids_are_unique ON claims IS 'a constraint';
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.journal VALUES (TG_NAME || ' ' || TG_OP); RETURN NEW; END $$;
    CREATE TRIGGER row_trigger BEFORE INSERT OR UPDATE OF region ON claims FOR EACH ROW WHEN (NEW.region <> 'x') EXECUTE FUNCTION note();
    CREATE TRIGGER sluice_of_the_user AFTER INSERT ON claims FOR EACH STATEMENT EXECUTE FUNCTION note();
    CREATE TRIGGER disabled AFTER INSERT ON claims FOR EACH STATEMENT EXECUTE FUNCTION note();
    CREATE TRIGGER always AFTER INSERT ON claims FOR EACH STATEMENT EXECUTE FUNCTION note();
    ALTER TABLE claims DISABLE TRIGGER disabled, ENABLE ALWAYS TRIGGER always;
    COMMENT ON TRIGGER row_trigger ON claims IS 'it''s a trigger';
    CREATE ROLE ${role};
    GRANT SELECT, INSERT ON claims TO ${role} WITH GRANT OPTION;
    GRANT UPDATE (region) ON claims TO PUBLIC;
  `);
  const before = await hangers();
  expect(before.length).toBeGreaterThan(30);
  const id = await orderClaims(registry);
  expect(await execute(id)).toBe('reversing');
  expect(await hangers()).toEqual(before);

  // Sequences go on, triggers fire once, rows written on either side get their numbers from one source.
  await target.query('TRUNCATE journal');
  const insert = `INSERT INTO claims (document) VALUES ('{"claim_id":"NEW-%","claim_amount":1,"policy_number":"P"}') RETURNING id, serial_number, batch`;
  expect((await target.query(insert.replace('%', '1'))).rows).toEqual([{ id: '301', serial_number: 301, batch: 301 }]);
  expect((await target.query('SELECT at FROM journal ORDER BY at')).rows.map(({ at }) => at as string)).toEqual([
    'always INSERT',
    'row_trigger INSERT',
    'sluice_of_the_user INSERT',
  ]);
  await target.query('TRUNCATE journal');
  await steer(registry, id, 'rollback', 'platform-engineer');
  expect(await execute(id)).toBe('rolled-back');
  expect((await target.query('SELECT at FROM journal')).rows).toEqual([]);
  expect(await hangers()).toEqual(before);
  expect((await target.query(insert.replace('%', '2'))).rows).toEqual([{ id: '302', serial_number: 302, batch: 302 }]);
  const { rows } = await target.query(
    "SELECT pg_get_serial_sequence('public.claims', 'serial_number') AS s, pg_get_serial_sequence('public.claims', 'id') AS i",
  );
  expect(rows).toEqual([{ s: 'public.claims_serial_number_seq', i: 'public.claims_id_seq' }]);
  await target.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

it('carries over views, foreign keys both ways, row-level security and the replica identity', async () => {
  await createClaims(target, { rows: 300 });
  const role = `viewer_${url.slice(-12)}`;
  await target.query(`
    CREATE ROLE ${role};
    CREATE TABLE regions (name text PRIMARY KEY);
    INSERT INTO regions VALUES ('north'), ('unused');
    CREATE TABLE payments (id int PRIMARY KEY, claim bigint);
    INSERT INTO payments SELECT n, n FROM generate_series(1, 100) AS n;
    ALTER TABLE claims ADD CONSTRAINT in_a_region FOREIGN KEY (region) REFERENCES regions ON UPDATE CASCADE DEFERRABLE;
    ALTER TABLE payments ADD CONSTRAINT for_a_claim FOREIGN KEY (claim) REFERENCES claims ON DELETE CASCADE;
    ALTER TABLE payments ADD CONSTRAINT never_validated FOREIGN KEY (claim) REFERENCES claims NOT VALID;
    COMMENT ON CONSTRAINT for_a_claim ON payments IS 'who is paid';
    CREATE VIEW amounts WITH (security_barrier) AS SELECT c.number, c.document->'claim_amount' AS amount, region FROM claims AS c (number);
    CREATE VIEW sums AS SELECT count(*) AS n, sum((amount #>> '{}')::numeric) AS total FROM amounts;
    GRANT SELECT ON amounts TO ${role};
    CREATE POLICY northerners ON claims AS RESTRICTIVE FOR SELECT TO ${role} USING (region = 'north');
    CREATE POLICY all_of_them ON claims USING (EXISTS (SELECT FROM regions r WHERE r.name = claims.region)) WITH CHECK (true);
    COMMENT ON POLICY northerners ON claims IS 'a policy';
    ALTER TABLE claims ENABLE ROW LEVEL SECURITY;
    ALTER TABLE claims REPLICA IDENTITY FULL;
  `);
  const before = await dumpDatabase(target);
  const hanging = await hangers();
  const sums = (await target.query('SELECT * FROM sums')).rows;
  const id = await orderClaims(registry);
  expect(await execute(id)).toBe('reversing');
  expect(await hangers()).toEqual(hanging);
  expect((await target.query('SELECT * FROM sums')).rows).toEqual(sums);
  const { rows: kept } = await target.query(
    'SELECT conname, convalidated AS v FROM pg_constraint WHERE contype = $1 ORDER BY 1',
    ['f'],
  );
  expect(kept).toEqual([
    { conname: 'for_a_claim', v: true },
    { conname: 'in_a_region', v: true },
    { conname: 'never_validated', v: false },
  ]);
  await expect(target.query('INSERT INTO payments VALUES (900, 4711)')).rejects.toMatchObject({ code: '23503' });
  await expect(target.query("UPDATE claims SET region = 'nowhere' WHERE id = 1")).rejects.toMatchObject({
    code: '23503',
  });
  // The old table still holds rows of this region; it must not hold up its going.
  await target.query(
    "INSERT INTO regions VALUES ('south'); UPDATE claims SET region = 'south'; DELETE FROM regions WHERE name = 'north'",
  );
  await target.query(
    "INSERT INTO regions VALUES ('north'); UPDATE claims SET region = 'north'; DELETE FROM regions WHERE name = 'south'",
  );
  await steer(registry, id, 'rollback', 'platform-engineer');
  expect(await execute(id)).toBe('rolled-back');
  const undefaulted = (lines: string[]) =>
    lines.map((line) => line.replace(', ""policy_number"": ""UNKNOWN""', '')).sort();
  expect(undefaulted(await dumpDatabase(target))).toEqual(undefaulted(before));
  await target.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

it('gives the new table the rights of the old one, whatever new tables are given by default', async () => {
  await createClaims(target, { rows: 30 });
  const role = `default_${url.slice(-12)}`;
  await target.query(`CREATE ROLE ${role}; GRANT SELECT ON claims TO ${role};
    ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO ${role}; ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO ${role}`);
  const before = await hangers();
  const id = await orderClaims(registry);
  expect(await execute(id)).toBe('reversing');
  expect(await hangers()).toEqual(before);
  await expect(target.query(`SET ROLE ${role}; DELETE FROM claims`)).rejects.toMatchObject({ code: '42501' });
  await target.query('RESET ROLE');
  await target.query(`ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM ${role};
    ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM ${role}; DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

it('carries over a replica identity by index, and views with options, comments and triggers of their own', async () => {
  await createClaims(target, { rows: 30 });
  await target.query(`
    ALTER TABLE claims ADD COLUMN slot text NOT NULL DEFAULT gen_random_uuid()::text;
    CREATE UNIQUE INDEX slots ON claims (slot);
    ALTER TABLE claims REPLICA IDENTITY USING INDEX slots;
    CREATE VIEW by_region AS SELECT id, document, region FROM claims WHERE region = 'north' WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW by_region IS 'a view';
    ALTER VIEW by_region ALTER COLUMN region SET DEFAULT 'north';
    CREATE FUNCTION instead() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.claims (document) VALUES (NEW.document); RETURN NEW; END $$;
    CREATE TRIGGER instead INSTEAD OF INSERT ON by_region FOR EACH ROW EXECUTE FUNCTION instead()`);
  const ofView = async () =>
    (
      await target.query(`SELECT obj_description('by_region'::regclass) AS comment, reloptions, pg_get_viewdef('by_region'::regclass) AS sql,
        (SELECT string_agg(tgname, ',') FROM pg_trigger WHERE tgrelid = 'by_region'::regclass) AS triggers,
        (SELECT string_agg(pg_get_expr(adbin, adrelid), ',') FROM pg_attrdef WHERE adrelid = 'by_region'::regclass) AS defaults
        FROM pg_class WHERE oid = 'by_region'::regclass`)
    ).rows;
  const before = await hangers();
  const view = await ofView();
  const id = await orderClaims(registry);
  expect(await execute(id)).toBe('reversing');
  expect(await hangers()).toEqual(before);
  expect(await ofView()).toEqual(view);
  await target.query(
    `INSERT INTO by_region (document) VALUES ('{"claim_id":"N","claim_amount":1,"policy_number":"P"}')`,
  );
  expect((await target.query('SELECT count(*)::int AS n FROM claims')).rows).toEqual([{ n: 31 }]);
  await steer(registry, id, 'rollback', 'platform-engineer');
  expect(await execute(id)).toBe('rolled-back');
  expect(await hangers()).toEqual(before);
  expect(await ofView()).toEqual(view);
});

it.each([
  ['smallint', 'n - 200'],
  ['integer', 'n - 200'],
  ['bigint', '9007199254740993 + n'],
  ['uuid', 'md5(n::text)::uuid'],
  ['text', "chr(64 + n % 50) || '/%é''\"' || n"],
  ['character varying(40)', "'Ä' || md5(n::text)"],
])('moves tables with keys of type %s, there and back', async (type, value) => {
  await createClaims(target, { rows: 500, key: type, keyValue: value });
  const before = await dumpDatabase(target);
  const id = await orderClaims(registry);
  expect(await execute(id)).toBe('reversing');
  const { rows } = await target.query(
    "SELECT count(*) AS n FROM claims WHERE jsonb_typeof(document->'claim_amount') = 'number'",
  );
  expect(rows).toEqual([{ n: '500' }]);
  await steer(registry, id, 'rollback', 'platform-engineer');
  expect(await execute(id)).toBe('rolled-back');
  expect(await dumpDatabase(target)).toEqual(before);
});

it('keeps every digit: numbers beyond doubles, and the scale of decimals', async () => {
  await createClaims(target, { rows: 1 });
  await target.query(
    `UPDATE claims SET document = '{"claim_id":"C","claim_amount":"12345678901234567890.10","policy_number":"P","big":9007199254740993,"scale":1.500}'`,
  );
  expect(await execute(await orderClaims(registry))).toBe('reversing');
  const { rows } = await target.query('SELECT document::text FROM claims');
  expect(rows).toEqual([
    {
      document:
        '{"big": 9007199254740993, "scale": 1.500, "claim_id": "C", "claim_amount": 12345678901234567890.10, "policy_number": "P"}',
    },
  ]);
});

it('leaves a missing document missing', async () => {
  await createClaims(target, { rows: 5 });
  await target.query(
    'ALTER TABLE claims ALTER COLUMN document DROP NOT NULL; UPDATE claims SET document = NULL WHERE id = 3',
  );
  expect(await execute(await orderClaims(registry))).toBe('reversing');
  expect((await target.query('SELECT id FROM claims WHERE document IS NULL')).rows).toEqual([{ id: '3' }]);
});

it('moves tables with names that need quoting, in a schema of their own', async () => {
  await target.query('CREATE SCHEMA "My ""Schema"');
  await createClaims(target, { rows: 50, table: '"My ""Schema"."Cl""aims"' });
  await target.query('ALTER TABLE "My ""Schema"."Cl""aims" RENAME document TO "Doc""ument"');
  const of = { name: 'claims', database: 'default', table: 'My "Schema.Cl"aims', key: 'id', document: 'Doc"ument' };
  const before = await dumpDatabase(target);
  const id = await orderClaims(registry, { target: of });
  expect(await execute(id)).toBe('reversing');
  await steer(registry, id, 'rollback', 'platform-engineer');
  expect(await execute(id)).toBe('rolled-back');
  expect(await dumpDatabase(target)).toEqual(before);
});
