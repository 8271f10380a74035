import { beforeAll, describe, expect, it } from 'vitest';
import { countImpact } from '../../../action/impact/count-impact.ts';
import { rehearseMigrations } from '../../../action/impact/rehearse-migrations.ts';
import { parseConfiguration } from '../../../core/configuration/parse.ts';
import type { CountedImpact } from '../../../core/impact/impact.ts';
import { rehearsalLine } from '../../../core/rendering/comment/rehearsal-view.ts';
import type { Tree } from '../../../core/review/review.ts';
import { reviewPullRequest } from '../../../core/review/review-pull-request.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const path = 'schemas/claim.json';
const migrationPath = 'migrations/claim/2.0.0.yml';
const properties = {
  id: { type: 'integer' },
  amount: { type: ['number', 'null'] },
  day: { type: 'string' },
  at: { type: 'string' },
  state: { type: 'string' },
  tags: { type: 'array', items: { type: 'string' } },
  more: { type: 'object' },
};
const old = { version: '1.0.0', type: 'object', required: ['id'], properties };
const next = {
  ...old,
  version: '2.0.0',
  required: ['id', 'state'],
  properties: {
    ...properties,
    amount: { type: 'number', maximum: 2_000 },
    day: { type: 'string', pattern: '^20' },
    at: { type: 'string', pattern: 'Z$' },
    tags: { type: 'array', items: { type: 'string', maxLength: 3 } },
    more: { type: 'object', required: ['a'] },
  },
};
const migration = `from: 1.0.0
to: 2.0.0
transform:
  - default: { at: /state, value: open }
  - default: { at: /amount, value: 0 }
`;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(`
    CREATE TYPE claim_state AS ENUM ('open', 'closed');
    CREATE TABLE claims (
      id bigint PRIMARY KEY, amount numeric(10, 2), day date NOT NULL, at timestamptz, state claim_state, tags text[], more jsonb,
      internal point
    );
    INSERT INTO claims SELECT n, CASE WHEN n % 4 > 0 THEN n END, date '1999-01-01' + (n % 730), '2025-01-15 01:00+01',
      CASE WHEN n % 5 > 0 THEN 'open'::claim_state END,
      CASE n % 7 WHEN 0 THEN NULL WHEN 1 THEN '{long, s}'::text[] ELSE '{}' END,
      CASE n % 11 WHEN 0 THEN NULL WHEN 1 THEN '{"b": null}'::jsonb ELSE '{"a": null}' END
    FROM generate_series(1, 3000) AS n;
    ANALYZE claims;
    CREATE TABLE other (id bigint PRIMARY KEY, amount numeric);
    CREATE TABLE odd (id bigint PRIMARY KEY, amount point, day date, at timestamptz, state text, tags text[], more jsonb);
  `);
  // A session that sees values otherwise must see the same records.
  await database.pool.query(
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''Asia/Tokyo''', current_database());
       EXECUTE format('ALTER DATABASE %I SET datestyle = ''German''', current_database()); END $$`,
  );
});

async function reviewed(table = 'public.claims', before: object = old) {
  const tree = (files: Readonly<Record<string, string>>): Tree => ({
    commit: 'c',
    read: async (file) => files[file],
    list: async () => Object.keys(files),
  });
  const parsed = parseConfiguration({
    path: 'c',
    text: `schemas: [{ files: 'schemas/*.json', target: claims }]
targets: { claims: { table: ${table}, key: id, columns: properties } }
`,
  });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const { configuration } = parsed;
  const review = await reviewPullRequest({
    base: tree({ [path]: JSON.stringify(before) }),
    head: tree({ [path]: JSON.stringify(next), [migrationPath]: migration }),
    changedFiles: [{ path, status: 'modified' }],
    configuration,
  });
  return { review, configuration };
}
const options = () => ({ databaseUrl: database.url, environment: {}, showValues: false });

async function counted(limits: { whole: number; sample: number; time: number }, table?: string, before?: object) {
  const { review, configuration } = await reviewed(table, before);
  return (await countImpact(review, configuration, options(), limits)).get(path);
}

/** What fails, said in SQL by hand. */
async function failing(condition: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::int4 AS count FROM claims WHERE ${condition}`,
  );
  return rows[0]?.count ?? 0;
}
const conditions = {
  amount: 'amount IS NULL OR amount > 2000',
  day: "day < '2000-01-01'",
  state: 'state IS NULL',
  tags: "tags = '{long, s}'",
  more: "NOT more ? 'a'",
};

/** No record fails by two changes of one property here. */
function bySubject({ byChange }: CountedImpact): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [{ subject }, count] of byChange) {
    const name = subject.replace(/[[.].*$/, '');
    counts[name] = (counts[name] ?? 0) + count;
  }
  return counts;
}

describe('records that are rows', () => {
  it.each([
    ['read one by one', 200_000],
    ['counted by the server', 1_000],
  ])('are those of a run, %s', async (_, whole) => {
    const impact = await counted({ whole, sample: 20_000, time: 60_000 });
    if (impact?.status !== 'counted') throw new Error(JSON.stringify(impact));
    expect(impact).toMatchObject({ complete: true, scanned: 3_000, invalidBefore: 0 });
    expect(impact.failing).toBe(
      await failing(
        Object.values(conditions)
          .map((each) => `(${each})`)
          .join(' OR '),
      ),
    );
    for (const [subject, condition] of Object.entries(conditions)) {
      expect([subject, bySubject(impact)[subject]]).toEqual([subject, await failing(condition)]);
    }
    // All of them are written in UTC, with a Z.
    expect(bySubject(impact)['at']).toBeUndefined();
  });

  it('are drawn at random from a table that is larger', async () => {
    const { review, configuration } = await reviewed();
    const rehearsals = await rehearseMigrations(review, configuration, { ...options(), records: 500 });
    const rehearsal = rehearsals.get(path);
    if (rehearsal?.status !== 'rehearsed') throw new Error(JSON.stringify(rehearsal));
    expect(rehearsal).toMatchObject({ complete: false, sample: {} });
    expect(rehearsal.tried).toBeGreaterThan(200);
    expect(rehearsal.succeeded).toBeLessThan(rehearsal.tried);
    expect(rehearsal.succeeded).toBeGreaterThan(0);
    expect(rehearsal.failures[0]?.key).toMatch(/^\d+$/);
    expect(rehearsalLine(rehearsal)).toMatch(/; whether the new columns hold them, a run tries before it writes\.$/);
  });

  it('are not counted where a property has no column, or one that JSON does not hold', async () => {
    const limits = { whole: 1_000, sample: 1_000, time: 60_000 };
    expect(await counted(limits, 'public.other')).toEqual({
      status: 'unknown',
      reason:
        'the property "day" of the old version has no column in public.other; every property needs a column of its name',
    });
    expect(await counted(limits, 'public.odd')).toEqual({
      status: 'unknown',
      reason:
        'the column amount of public.odd is of type point, which is not read as a property; leave it out of the schema',
    });
    expect(await counted(limits, 'public.nothing')).toMatchObject({ reason: expect.stringContaining('no table') });
    const spread = { ...old, $ref: '#/definitions/x', definitions: { x: {} } };
    expect(await counted(limits, undefined, spread)).toMatchObject({
      reason: expect.stringContaining('its records are rows, and in the old version'),
    });
  });
});
