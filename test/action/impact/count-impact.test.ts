import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countImpact } from '../../../action/impact/count-impact.ts';
import { parseConfiguration } from '../../../core/configuration/parse.ts';
import { estimate, recordsTouched } from '../../../core/impact/record-count.ts';
import type { Rehearsed } from '../../../core/impact/rehearsal.ts';
import { impactLine } from '../../../core/rendering/comment/impact-line.ts';
import type { Tree } from '../../../core/review/review.ts';
import { reviewPullRequest } from '../../../core/review/review-pull-request.ts';
import { claim280, claim300, claimPath, migration, migrationPath } from '../../core/review/claim-files.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { type Proposal, type Workbench, withoutCommits, workbenchWith } from '../workbench.ts';

const configuration = (target: string) => `schemas:
  - { files: 'schemas/**/*.json', compatibility: BACKWARD, target: claims }
targets:
  claims: ${target}
`;
const secret = 'correct-horse-battery';

let bench: Workbench;
let proposal: Proposal;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(`CREATE SCHEMA "Odd ""schema"`);
  await database.pool.query(`CREATE TABLE "Odd ""schema".claims (id bigint PRIMARY KEY, body jsonb)`);
  await database.pool.query(
    `INSERT INTO "Odd ""schema".claims SELECT n, jsonb_build_object('claim_id', 'C' || n, 'claim_amount', n || '.00')
       || CASE WHEN n % 100 = 0 THEN '{}' ELSE jsonb_build_object('policy_number', 'secret policy ' || n) END
     FROM generate_series(1, 3000) AS n`,
  );
  await database.pool.query(`INSERT INTO "Odd ""schema".claims VALUES (3001, NULL), (3002, '{"claim_id": 7}')`);
  bench = await workbenchWith({
    [claimPath]: claim280,
    '.github/sluice.yml': configuration(`{ table: 'Odd "schema.claims', key: id, document: body }`),
  });
  proposal = await bench.propose({ [claimPath]: claim300, [migrationPath]: migration });
});
afterAll(() => bench.github.close());

const withDatabase = (url: string) => ({ environment: { SLUICE_DATABASE_URL: url } });

/** The same schema with something that PostgreSQL is not asked about. */
function onlyForAjv(schema: string): string {
  return schema.replace('"type": "object",', '"type": "object",\n  "not": { "required": ["never"] },');
}

/** The review of the same change, from texts. */
async function reviewOfChange() {
  const tree = (files: Readonly<Record<string, string>>): Tree => ({
    commit: 'c',
    read: async (path) => files[path],
    list: async () => Object.keys(files),
  });
  const parsed = parseConfiguration({
    path: 'c',
    text: configuration(`{ table: 'Odd "schema.claims', key: id, document: body }`),
  });
  if ('problems' in parsed) throw new Error('the configuration is broken');
  const review = await reviewPullRequest({
    base: tree({ [claimPath]: onlyForAjv(claim280) }),
    head: tree({ [claimPath]: onlyForAjv(claim300), [migrationPath]: migration }),
    changedFiles: [{ path: claimPath, status: 'modified' }],
    configuration: parsed.configuration,
  });
  return { review, configuration: parsed.configuration };
}

describe('the impact on a table that is too large to be read whole', () => {
  it('is estimated from a sample, with an interval that holds the truth', async () => {
    await database.pool.query('ANALYZE "Odd ""schema".claims');
    const { review, configuration: read } = await reviewOfChange();
    const limits = { whole: 100, sample: 500, time: 20_000 };
    const options = { databaseUrl: database.url, environment: {}, showValues: false };
    const impact = (await countImpact(review, read, options, limits)).get(claimPath);
    expect(impact).toMatchObject({ status: 'counted', complete: false });
    const touched = recordsTouched(impact);
    expect(touched?.isExact).toBe(false);
    expect(touched?.lower).toBeLessThanOrEqual(3001);
    expect(touched?.upper).toBeGreaterThanOrEqual(3001);
    if (impact?.status !== 'counted') throw new Error('not counted');
    const required = review.schemas[0]?.comparison?.changes.find(({ kind }) => kind === 'required-added');
    const missing = estimate(impact, (required && impact.byChange.get(required)) ?? 0);
    expect(missing.lower).toBeLessThanOrEqual(31);
    expect(missing.upper).toBeGreaterThanOrEqual(31);
    expect(impactLine(impact)).toMatch(
      /^all of \d+ records in \d+ blocks of the table, drawn at random, fail: at least 2,\d{3} of about 3,\d{3}/,
    );
  });
});

describe('the impact on a large table whose records PostgreSQL can judge', () => {
  const limits = { whole: 100, sample: 500, time: 20_000 };
  const sets = `schemas: [{ files: 'schemas/**', compatibility: BACKWARD, target: claims }]
targets: { claims: { table: many, key: id, document: body } }
`;
  const before = { type: 'object', properties: { code: { type: 'string' }, amount: { type: 'number' } } };
  const after = {
    ...before,
    required: ['code'],
    properties: { code: { type: 'string', maxLength: 5 }, amount: { type: 'integer' } },
  };

  async function store(type: string): Promise<void> {
    await database.pool.query(`DROP TABLE IF EXISTS many; CREATE TABLE many (id bigint PRIMARY KEY, body ${type});
      INSERT INTO many SELECT n, jsonb_build_object('code', 'C' || n, 'amount', CASE WHEN n = 1234 THEN 0.5 ELSE n END)
        - CASE WHEN n % 1000 = 0 THEN 'code' ELSE '' END FROM generate_series(1, 20000) AS n;
      INSERT INTO many VALUES (0, NULL), (-1, '{"code": 7}'); ANALYZE many`);
  }

  async function counted(next: object, time = limits.time) {
    const parsed = parseConfiguration({ path: 'c', text: sets });
    if ('problems' in parsed) throw new Error('the configuration is broken');
    const tree = (schema: object): Tree => ({
      commit: 'c',
      read: async (path) => (path === claimPath ? JSON.stringify(schema) : undefined),
      list: async () => [claimPath],
    });
    const changedFiles = [{ path: claimPath, status: 'modified' as const }];
    const { configuration: read } = parsed;
    const review = await reviewPullRequest({ base: tree(before), head: tree(next), changedFiles, configuration: read });
    const options = { databaseUrl: database.url, environment: {}, showValues: false };
    return (await countImpact(review, read, options, { ...limits, time })).get(claimPath);
  }

  it.each(['jsonb', 'json'])('is exact, with keys of the rarest failures, in a column of %s', async (type) => {
    await store(type);
    const impact = await counted(after);
    // C10000 to C20000 are too long, but for those without a code; 9 more have none; one amount is no integer; one code is a number.
    expect(impact).toMatchObject({
      status: 'counted',
      complete: true,
      scanned: 20_001,
      failing: 10_012,
      invalidBefore: 1,
    });
    if (impact?.status !== 'counted') throw new Error('not counted');
    const found = [...impact.byChange].map(([{ kind, subject }, count]) => `${kind} ${subject}: ${count}`).sort();
    expect(found).toMatchInlineSnapshot(`
      [
        "required-added code: 21",
        "size-tightened code: 9991",
        "type-narrowed amount: 1",
      ]
    `);
    expect(impact.samples.map(({ key }) => key)).toEqual(expect.arrayContaining(['1234', '1000']));
    expect(impactLine(impact)).toBe(
      '10,012 of 20,001 records (50 %) do not fit (1 of them breaks the old version as well).',
    );
  });

  it('is estimated where a version asks what only ajv can tell', async () => {
    await store('jsonb');
    const next = { ...after, properties: { ...after.properties, note: { type: 'string', pattern: '\\w' } } };
    expect(await counted(next)).toMatchObject({ complete: false, sample: {} });
  });

  it('is estimated where PostgreSQL cannot read a value, as with U+0000 in a column of json', async () => {
    await store('json');
    await database.pool.query(`INSERT INTO many VALUES (-2, '{"code":"\\u0000"}'); ANALYZE many`);
    expect(await counted(after)).toMatchObject({ status: 'counted', complete: false, sample: {} });
  });

  it('is not exact when counting takes too long', async () => {
    await store('jsonb');
    expect(await counted(after, 8)).not.toMatchObject({ complete: true });
  });
});

describe('the impact on stored records', () => {
  it('counts the records that fail, in all and by each change, and shows keys but no values', async () => {
    const result = await proposal.run(withDatabase(database.url));
    expect(result.report).toMatchObject({
      schemas: [{ impact: { status: 'counted', scanned: 3001, complete: true, failing: 3001, invalidBefore: 1 } }],
    });
    const [comment = ''] = await proposal.comments();
    await expect(withoutCommits(comment)).toMatchFileSnapshot('__snapshots__/counted.md');
    for (const text of [comment, result.stdout, result.summary, JSON.stringify(result.report)]) {
      expect(text).not.toContain('secret policy');
    }
  });

  it('shows the records themselves when asked to', async () => {
    const inputs = { 'database-url': database.url, 'show-values': 'true' };
    const result = await proposal.run({ inputs });
    expect(JSON.stringify(result.report)).toContain('secret policy');
    expect((await proposal.comments())[0]).toContain('secret policy');
  });

  it('comes with a rehearsal of the migration, which writes nothing', async () => {
    const result = await proposal.run(withDatabase(database.url));
    const [schema] = (result.report as unknown as { schemas: readonly { rehearsal: Rehearsed }[] }).schemas;
    expect(schema?.rehearsal).toMatchObject({ status: 'rehearsed', complete: false });
    const { tried = 0, succeeded = 0, failures = [] } = schema?.rehearsal ?? {};
    expect(tried).toBeGreaterThan(300);
    // Of all records only one was invalid before; it may have been drawn.
    expect(tried - succeeded).toBe(failures.length);
    expect(failures.length).toBeLessThanOrEqual(1);
    const whole = await proposal.run({ ...withDatabase(database.url), inputs: { 'rehearsal-records': '5000' } });
    expect(whole.report).toMatchObject({
      schemas: [{ rehearsal: { tried: 3001, succeeded: 3000, complete: true, failures: [{ key: '3002' }] } }],
    });
    expect(whole.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', file: migrationPath, title: 'Sluice: rehearsal' }),
    );
    expect((await proposal.comments())[0]).toContain('Rehearsal: 3,000 of 3,001 records, all there are,');
    const none = await proposal.run({ ...withDatabase(database.url), inputs: { 'rehearsal-records': '0' } });
    expect(JSON.stringify(none.report)).not.toContain('"rehearsed"');
    const { rows } = await database.pool.query<{ same: boolean }>(
      `SELECT count(*) = 2970 AS same FROM "Odd ""schema".claims WHERE body->>'policy_number' LIKE 'secret%'`,
    );
    expect(rows[0]?.same).toBe(true);
  });

  it('has the database compute what only it can', async () => {
    const withSql = `from: 2.8.0
to: 3.0.0
transform:
  - cast: { at: /claim_amount, from: string, to: number }
  - set: { at: /policy_number, sql: "'P-' || (1000 / (((record ->> 'claim_amount')::numeric)::int - 7))" }
`;
    const computed = await bench.propose({ [claimPath]: claim300, [migrationPath]: withSql });
    const inputs = { 'rehearsal-records': '5000' };
    const result = await computed.run({ ...withDatabase(database.url), inputs });
    expect(result.report).toMatchObject({
      schemas: [
        {
          rehearsal: {
            status: 'rehearsed',
            tried: 3001,
            succeeded: 2999,
            complete: true,
            failures: [
              { key: '7', violations: [{ message: 'the SQL expression raises an error (22012)' }] },
              { key: '3002', violations: [{ at: '/policy_number' }] },
            ],
          },
        },
      ],
    });
    expect(JSON.stringify(result.report)).not.toContain('secret policy');
    expect((await computed.comments())[0]).toContain('Rehearsal: 2,999 of 3,001 records, all there are,');
    await computed.push({ [migrationPath]: withSql.replace(/'P-'.*\)\)/, "(record -> 'claim_id') - true") });
    await computed.run({ ...withDatabase(database.url), inputs });
    expect((await computed.comments())[0]).toContain(
      'PostgreSQL does not take the SQL expression of the migration (42883)',
    );
  });

  it('writes nothing and leaves no lock', async () => {
    await proposal.run(withDatabase(database.url));
    const { rows } = await database.pool.query<{ count: string }>(
      `SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE application_name = 'sluice-action'`,
    );
    expect(rows[0]?.count).toBe('0');
  });

  it.each([
    [
      'a wrong password',
      (url: URL) => (url.password = secret),
      'the database refused the user or the password; correct the address that the step is given',
    ],
    [
      'no such database',
      (url: URL) => (url.pathname = '/nowhere'),
      'the database of that name does not exist; correct the address that the step is given',
    ],
    [
      'no server',
      (url: URL) => (url.port = '1'),
      'the database cannot be reached (ECONNREFUSED); compare the address that the step is given, and whether the job may connect there',
    ],
    [
      'another kind of database',
      (url: URL) => (url.protocol = 'mysql:'),
      'the address of the database cannot be used; give it as a connection URI of PostgreSQL',
    ],
    [
      'no TLS',
      (url: URL) => url.searchParams.set('sslmode', 'require'),
      'the database has no TLS, which its address asks for; change one of the two',
    ],
  ])('says so without a secret when there is %s', async (_, spoil, reason) => {
    const url = new URL(database.url);
    spoil(url);
    const result = await proposal.run(withDatabase(url.href));
    expect(result.outputs['verdict']).toBe('breaking');
    expect((await proposal.comments())[0]).toContain(`**Stored records:** not counted: ${reason}.`);
    for (const text of [result.stdout, result.stderr, result.summary]) expect(text).not.toContain(secret);
  });

  it('says so when the address is none, and does not repeat it', async () => {
    const result = await proposal.run(withDatabase(`postgres://user:${secret}@[host`));
    expect((await proposal.comments())[0]).toContain('the address of the database cannot be used');
    for (const text of [result.stdout, result.stderr, result.summary]) expect(text).not.toContain(secret);
  });

  it.each([
    [
      'table',
      '{ table: public.nothing, key: id, document: body }',
      'there is no table public.nothing; correct `targets.claims.table` in the configuration, or the address',
    ],
    [
      'column of documents',
      `{ table: 'Odd "schema.claims', key: id, document: id }`,
      'the column id of Odd "schema.claims is of type bigint, not json or jsonb; correct `targets.claims.document` in the configuration',
    ],
    ['column', `{ table: 'Odd "schema.claims', key: id, document: text }`, 'has no column id or text'],
  ])('says so when there is no such %s', async (_, target, reason) => {
    const other = await workbenchWith({ [claimPath]: claim280, '.github/sluice.yml': configuration(target) });
    try {
      const change = await other.propose({ [claimPath]: claim300 });
      await change.run(withDatabase(database.url));
      expect((await change.comments())[0]).toContain(reason);
    } finally {
      await other.github.close();
    }
  });
});
