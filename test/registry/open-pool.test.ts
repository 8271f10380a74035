import { expect, it } from 'vitest';
import { openPool } from '../../registry/open-pool.ts';
import { createTestDatabase } from '../support/postgres.ts';

it('has ended when its connections are closed, those that were given up before as well', async () => {
  const { url } = await createTestDatabase();
  const pool = openPool({ connectionString: url });
  const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
  let closed = 0;
  for (const client of clients) client.on('end', () => closed++);
  const [listener, ...others] = clients;
  listener?.release(true);
  for (const client of others) client.release();
  await pool.end();
  expect(closed).toBe(3);
});
