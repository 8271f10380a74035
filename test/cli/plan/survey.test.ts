import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planFiles } from '../../../cli/plan/plan-files.ts';
import { renderPlan } from '../../../cli/plan/render-plan.ts';
import { claimOrder, createClaims } from '../../support/claims.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { rowOrder } from '../../support/relational.ts';

let folder: string;
let pool: Pool;
let url: string;
beforeEach(async () => {
  ({ pool, url } = await createTestDatabase());
  folder = mkdtempSync(join(tmpdir(), 'sluice-survey-'));
  const { oldText, newText, migrationText } = claimOrder();
  write('old.json', oldText);
  write('new.json', newText);
  write('migration.yml', migrationText);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function plan(
  part: {
    migrationPath?: string | undefined;
    table?: string;
    document?: string;
    columns?: boolean;
    url?: string | undefined;
  } = {},
) {
  const { table = 'claims', document, columns, migrationPath = 'migration.yml' } = part;
  return planFiles(join(folder, 'old.json'), join(folder, 'new.json'), {
    formatAssertion: false,
    migrationPath: migrationPath === '' ? undefined : join(folder, migrationPath),
    survey: { database: 'default', table, document, columns },
    environment: 'url' in part ? {} : { SLUICE_DATABASE_URL: url },
  });
}

it('says how much there is, measures some of it, and names what that does not tell', async () => {
  await createClaims(pool, { rows: 6000 });
  await pool.query('CREATE INDEX ON claims (region); ANALYZE claims');
  const before = await pool.query('SELECT md5(string_agg(c::text, chr(10) ORDER BY id)) FROM claims AS c');
  const { survey, estimate } = await plan();
  expect(survey).toMatchObject({
    table: 'public.claims',
    records: 6000,
    indexes: 2,
    obstacles: [],
    sample: { records: 5000, refused: 0 },
  });
  expect(estimate?.seconds).toBeGreaterThan(0);
  expect(estimate?.batches).toEqual({ atLeast: 1, records: 10_000 });
  // The documents grow a little, for every tenth gets a policy number.
  const { tableBytes = 0, indexBytes = 0 } = survey ?? {};
  expect(estimate?.diskBytes).toBeGreaterThan(tableBytes + indexBytes);
  expect(estimate?.diskBytes).toBeLessThan(1.1 * (tableBytes + indexBytes));
  expect(estimate?.unknown).toEqual([expect.stringMatching(/^How long writing takes/)]);
  // Nothing was made and nothing was changed.
  expect(await pool.query('SELECT md5(string_agg(c::text, chr(10) ORDER BY id)) FROM claims AS c')).toMatchObject({
    rows: before.rows,
  });
  const { rows } = await pool.query("SELECT nspname FROM pg_namespace WHERE nspname ~ '^sluice'");
  expect(rows).toEqual([]);
});

it('shows what stands in the way: records that cannot be converted, views, missing rights', async () => {
  await createClaims(pool, { rows: 50 });
  await pool.query(`UPDATE claims SET document = document || '{"claim_amount": "Secret"}' WHERE id = 7`);
  await pool.query('CREATE MATERIALIZED VIEW seen AS SELECT id FROM claims');
  const planned = await plan();
  expect(planned.survey).toMatchObject({
    records: undefined,
    sample: {
      records: 50,
      refused: 1,
      example: { pointer: '/claim_amount', reason: 'is of type string, but not a decimal number as text' },
    },
  });
  expect(planned.survey?.obstacles).toEqual([expect.stringContaining('seen')]);
  const page = renderPlan(planned, false);
  expect(page).toContain(
    'in the way: 1 of 50 sampled records cannot be migrated; the first: /claim_amount is of type string',
  );
  expect(page).toContain('How many records there are: the table was never analysed (run ANALYZE).');
  expect(page).not.toContain('Secret');
});

it('measures through the script and through SQL expressions, and says where they fail', async () => {
  await createClaims(pool, { rows: 50 });
  write(
    '2.ts',
    `export const transformRecord = (record: { claim_id: string }) => {
  if (record.claim_id === 'C-9') throw new Error('Secret');
  return { policy_number: 'NONE', ...record };
};`,
  );
  const head =
    'schema: claim\nfrom: 2.8.0\nto: 3.0.0\ntransform:\n  - cast: { at: /claim_amount, from: string, to: number }\n';
  write('scripted.yml', `${head}script: { file: 2.ts, hosts: [api.example.com] }\n`);
  const scripted = await plan({ migrationPath: 'scripted.yml' });
  expect(scripted.survey?.sample).toMatchObject({
    refused: 1,
    example: { reason: 'makes the script throw an Error at line 2' },
  });
  expect(scripted.proof).toMatchObject({ result: 'unproved' });
  expect(scripted.plan.risks).toEqual([expect.stringMatching(/^A script is code: .* api\.example\.com/)]);
  expect(scripted.plan.losses).toEqual(['what the script 2.ts changes']);
  write('computed.yml', `${head}  - set: { at: /x, sql: "1 / (length(record ->> 'claim_id') - 4)" }\n`);
  const computed = await plan({ migrationPath: 'computed.yml' });
  expect(computed.survey).toMatchObject({
    sample: undefined,
    obstacles: ['An SQL expression of the migration fails for a record (SQLSTATE 22012). Make it take every record.'],
  });
  expect(computed.plan.risks).toEqual([expect.stringMatching(/^An SQL expression is computed by the database alone/)]);
});

it('looks at the table also while the proposal has values to fill in', async () => {
  await createClaims(pool, { rows: 20 });
  const { survey, estimate, proof } = await plan({ migrationPath: '' });
  expect(proof).toBeUndefined();
  expect(survey).toMatchObject({ table: 'public.claims', sample: undefined });
  expect(estimate?.unknown).toContain('How long it takes: nothing could be measured.');
});

it('says what is missing before it can look', async () => {
  await expect(plan({ url: undefined })).rejects.toThrow('There is no address for the database `default`');
  await expect(plan()).rejects.toThrow('There is no table `claims`');
  await pool.query('CREATE TABLE claims (id int, a jsonb, b jsonb)');
  await expect(plan()).rejects.toThrow(
    'Say it by --document: a, b; or by --columns, where the columns are the properties.',
  );
  await expect(plan({ document: 'a' })).rejects.toThrow('the table needs a primary key');
  url = 'postgres://nobody:secret-word@127.0.0.1:1/nothing';
  const failure = await plan().catch((error: unknown) => error);
  expect(String(failure)).toContain('could not be asked');
  expect(String(failure)).not.toContain('secret-word');
});

describe('a table whose columns are the properties', () => {
  beforeEach(async () => {
    const {
      oldText = '',
      newText = '',
      migrationText = '',
    } = rowOrder(
      { properties: { holder: { type: 'string' }, extra: { type: 'object' } } },
      { properties: { owner: { type: 'string' }, extra: { type: 'object' } } },
      ['rename: { at: /holder, to: owner }'],
    );
    write('old.json', oldText);
    write('new.json', newText);
    write('migration.yml', migrationText);
    await pool.query(`CREATE TABLE claims (id int PRIMARY KEY, holder text, extra jsonb);
      INSERT INTO claims SELECT n, 'H', '{"a": 1}' FROM generate_series(1, 30) AS n; ANALYZE claims`);
  });

  it('is not taken for one with documents because one of the properties is jsonb', async () => {
    await expect(plan()).rejects.toThrow(
      'Which column of `claims` holds the documents is not plain. Say it by --document: extra; or by --columns, where the columns are the properties.',
    );
  });

  it('is looked at as the run does it: what stands in the way of its columns, and no document is converted', async () => {
    const planned = await plan({ columns: true });
    expect(planned.survey).toMatchObject({ table: 'public.claims', records: 30, obstacles: [], sample: undefined });
    expect(planned.estimate?.unknown).toEqual([
      'How long it takes and how much disk: rows are not converted here. A run with `dryRun: true` measures it.',
    ]);
    await pool.query('ALTER TABLE claims ADD owner text');
    expect((await plan({ columns: true })).survey?.obstacles).toEqual([
      expect.stringContaining('The column "owner" is there already'),
    ]);
    const { rows } = await pool.query("SELECT nspname FROM pg_namespace WHERE nspname ~ '^sluice'");
    expect(rows).toEqual([]);
  });
});
