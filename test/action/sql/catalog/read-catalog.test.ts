import { Client } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { modifiersOf } from '../../../../action/sql/catalog/columns.ts';
import { provedBy } from '../../../../action/sql/catalog/proved-not-null.ts';
import { readCatalog } from '../../../../action/sql/catalog/read-catalog.ts';
import type { Catalog } from '../../../../core/sql/catalog/catalog.ts';
import { createTestDatabase } from '../../../support/postgres.ts';

let catalog: Catalog;

beforeAll(async () => {
  const { pool, url } = await createTestDatabase();
  await pool.query(`
    CREATE SCHEMA shop;
    CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
    CREATE DOMAIN anything AS integer;
    CREATE TABLE users (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text CONSTRAINT there CHECK (email IS NOT NULL),
      name varchar(50), price numeric(10, 2), "Odd" text, seen timestamp(3), size positive
    );
    ALTER TABLE users ADD CONSTRAINT later CHECK (name IS NOT NULL) NOT VALID;
    ALTER TABLE users ADD CONSTRAINT odd_there NOT NULL "Odd" NOT VALID;
    INSERT INTO users (email, name, "Odd") SELECT 'a' || n, 'b', 'c' FROM generate_series(1, 500) AS n;
    SELECT setval(pg_get_serial_sequence('users', 'id'), 2000000000);
    CREATE TABLE shop.orders (id bigint PRIMARY KEY, user_id integer CONSTRAINT orders_user REFERENCES users (id));
    CREATE INDEX users_lower ON users (lower(email), name);
    CREATE VIEW emails AS SELECT email FROM users;
    CREATE POLICY own ON users USING (name = 'x');
    CREATE PUBLICATION everything FOR TABLE users;
    CREATE FUNCTION f() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
    CREATE FUNCTION g(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE FUNCTION g(text) RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT 1';
    CREATE INDEX users_broken ON users (price);
    UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_broken'::regclass;
    ANALYZE;
  `);
  const client = new Client({ connectionString: url });
  await client.connect();
  catalog = await readCatalog(client);
  await client.end();
});

describe('the catalog of a live database', () => {
  it('knows tables, their sizes and policies', () => {
    const users = catalog.table({ name: 'users' });
    expect(users?.rows).toBe(500);
    expect(users?.bytes).toBeGreaterThan(8192);
    expect(users?.policies).toBe(1);
    expect(catalog.table({ schema: 'public', name: 'users' })).toBe(users);
    expect(catalog.table({ name: 'orders' })).toBeUndefined();
    expect(catalog.table({ schema: 'shop', name: 'orders' })).toBeDefined();
    expect(catalog.table({ name: 'pg_class' })).toBeUndefined();
  });

  it('knows columns as the linter names types', () => {
    const columns = catalog.table({ name: 'users' })?.columns;
    expect(columns?.get('name')).toMatchObject({ type: 'varchar', modifiers: [50], notNull: false });
    expect(columns?.get('price')).toMatchObject({ type: 'numeric', modifiers: [10, 2] });
    expect(columns?.get('seen')).toMatchObject({ type: 'timestamp', modifiers: [3] });
    expect(columns?.get('size')).toMatchObject({ type: 'positive' });
    expect(columns?.get('id')).toMatchObject({ type: 'int4', notNull: true });
  });

  it('does not take a NOT NULL that was never validated for one', () => {
    expect(catalog.table({ name: 'users' })?.columns.get('Odd')?.notNull).toBe(false);
  });

  it('knows how far a key has come', () => {
    expect(catalog.table({ name: 'users' })?.columns.get('id')?.used).toBeCloseTo(0.93, 2);
  });

  it('knows which columns a validated constraint proves', () => {
    expect(catalog.table({ name: 'users' })?.provedNotNull).toEqual(['email']);
  });

  it('knows indexes, and those that are not valid', () => {
    expect(catalog.index({ name: 'users_lower' })).toMatchObject({ valid: true, columns: [undefined, 'name'] });
    expect(catalog.index({ name: 'users_broken' })).toMatchObject({ valid: false });
    expect(
      catalog
        .table({ name: 'users' })
        ?.indexes.map(({ name }) => name)
        .toSorted(),
    ).toEqual(['users_broken', 'users_lower', 'users_pkey']);
  });

  it('knows who uses a table', () => {
    const dependents = catalog
      .table({ name: 'users' })
      ?.dependents.map(({ kind, name, column }) => ({ kind, name, column }));
    expect(dependents).toEqual(
      expect.arrayContaining([
        { kind: 'view', name: 'emails', column: 'email' },
        { kind: 'policy', name: 'own', column: 'name' },
        { kind: 'foreign key', name: 'orders_user', column: 'id' },
        { kind: 'publication', name: 'everything', column: undefined },
      ]),
    );
  });

  it('knows functions by the most volatile of a name, and domains', () => {
    expect(catalog.volatility({ name: 'f' })).toBe('stable');
    expect(catalog.volatility({ name: 'g' })).toBe('volatile');
    expect(catalog.volatility({ name: 'now' })).toBeUndefined();
    expect(catalog.domainConstrained({ name: 'positive' })).toBe(true);
    expect(catalog.domainConstrained({ name: 'anything' })).toBe(false);
  });
});

describe('what a CHECK proves', () => {
  it.each([
    ['CHECK ((a IS NOT NULL))', ['a']],
    ['CHECK (((a IS NOT NULL) AND (b > 0)))', ['a']],
    ['CHECK ((("A ""b" IS NOT NULL) AND (c IS NOT NULL)))', ['A "b', 'c']],
    ['CHECK (((a IS NOT NULL) OR (b IS NOT NULL)))', []],
    ['CHECK ((NOT (a IS NOT NULL)))', []],
    ['CHECK ((a IS NULL))', []],
    ['CHECK ((a IS NOT NULL)) NOT VALID', []],
  ])('%s', (definition, columns) => {
    expect(provedBy(definition)).toEqual(columns);
  });
});

describe('type modifiers', () => {
  it('are unpacked, negative scales too', () => {
    expect(modifiersOf('numeric', ((5 << 16) | (-2 & 0x7ff)) + 4)).toEqual([5, -2]);
    expect(modifiersOf('text', -1)).toEqual([]);
  });
});
