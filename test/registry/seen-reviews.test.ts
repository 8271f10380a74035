import type { Pool } from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { firstSight } from '../../registry/seen-reviews.ts';
import { createTestRegistry } from '../support/registry.ts';

let registry: Pool;
beforeAll(async () => {
  ({ pool: registry } = await createTestRegistry());
});

const review = (number: number, fingerprint: string | undefined) => ({
  repository: 'acme/claims',
  pullRequest: 1,
  review: number,
  fingerprint,
  base: 'main',
});

it('binds a review to what it was of at first sight', async () => {
  expect(await firstSight(registry, review(1, 'first'))).toEqual({ fingerprint: 'first', base: 'main' });
  expect(await firstSight(registry, review(1, 'later'))).toEqual({ fingerprint: 'first', base: 'main' });
});

it('binds a review to nothing when nobody could tell at first sight', async () => {
  expect(await firstSight(registry, review(2, undefined))).toEqual({ fingerprint: undefined, base: 'main' });
  expect(await firstSight(registry, review(2, 'later'))).toEqual({ fingerprint: undefined, base: 'main' });
});

it('gives twenty askers at once the same answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => firstSight(registry, review(3, `${index}`))),
  );
  expect(new Set(answers.map(({ fingerprint }) => fingerprint)).size).toBe(1);
});
