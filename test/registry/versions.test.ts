import type { Pool } from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { listVersions, publishVersion, readVersion, withdrawVersion } from '../../registry/versions.ts';
import { createTestRegistry } from '../support/registry.ts';

let pool: Pool;
beforeAll(async () => {
  ({ pool } = await createTestRegistry());
});

const version = {
  repository: 'acme/claims',
  schema: 'claim',
  version: '1.0.0',
  text: '{}',
  fingerprint: 'f1',
  commit: 'a',
};

it('publishes a version once; the same content again is no news, another content is a conflict', async () => {
  expect(await publishVersion(pool, version)).toBe('published');
  expect(await publishVersion(pool, { ...version, text: '{ }', commit: 'b' })).toBe('already-published');
  expect(await publishVersion(pool, { ...version, text: '[]', fingerprint: 'f2' })).toBe('conflict');
  expect(await readVersion(pool, version)).toMatchObject({ text: '{}', commit: 'a' });
});

it('lets exactly one of twenty publishers of different contents win', async () => {
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, n) => publishVersion(pool, { ...version, version: '2.0.0', fingerprint: `f${n}` })),
  );
  expect(results.filter((result) => result === 'published')).toHaveLength(1);
  expect(results.filter((result) => result === 'conflict')).toHaveLength(19);
});

it('lists versions in the order of their publication', async () => {
  await publishVersion(pool, { ...version, schema: 'policy', version: '10.0.0' });
  await publishVersion(pool, { ...version, schema: 'policy', version: '9.0.0' });
  const listed = await listVersions(pool, { repository: 'acme/claims', schema: 'policy' });
  expect(listed.map((row) => row.version)).toEqual(['10.0.0', '9.0.0']);
  expect(await listVersions(pool, { repository: 'acme/other' })).toEqual([]);
});

it('withdraws a version only for the merge that published it; then another content may have its number', async () => {
  const published = { ...version, schema: 'quote' };
  await publishVersion(pool, published);
  expect(await withdrawVersion(pool, { ...published, commit: 'b' })).toBe(false);
  expect(await withdrawVersion(pool, { ...published, fingerprint: 'f2' })).toBe(false);
  expect(await readVersion(pool, published)).toMatchObject({ commit: 'a' });
  expect(await withdrawVersion(pool, published)).toBe(true);
  expect(await withdrawVersion(pool, published)).toBe(false);
  expect(await publishVersion(pool, { ...published, fingerprint: 'f2', commit: 'b' })).toBe('published');
});
