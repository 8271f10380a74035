import { expect, it } from 'vitest';
import { migrateRegistry } from '../../registry/migrate.ts';
import { registryMigrations } from '../../registry/migrations/index.ts';
import { createTestDatabase } from '../support/postgres.ts';

it('applies every change once, however many processes start at the same time', async () => {
  const { pool } = await createTestDatabase();
  const applied = await Promise.all([migrateRegistry(pool), migrateRegistry(pool), migrateRegistry(pool)]);
  expect(applied.flat()).toEqual(registryMigrations.map(({ id }) => id));
  expect(await migrateRegistry(pool)).toEqual([]);
});

it('refuses a registry that a newer Sluice has changed', async () => {
  const { pool } = await createTestDatabase();
  await migrateRegistry(pool);
  await pool.query('INSERT INTO sluice.migrations (id) VALUES (9999)');
  await expect(migrateRegistry(pool)).rejects.toMatchObject({
    name: 'InputError',
    message:
      'The registry was set up by a newer Sluice: its change 9999 is unknown here. Update this Sluice to the version that the others have.',
  });
});

it('numbers its changes without gaps', () => {
  expect(registryMigrations.map(({ id }) => id)).toEqual(registryMigrations.map((_, index) => index + 1));
});
