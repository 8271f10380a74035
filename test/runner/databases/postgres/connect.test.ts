import { expect, it } from 'vitest';
import { connectTarget } from '../../../../runner/databases/postgres/connect.ts';
import { createClaims } from '../../../support/claims.ts';
import { createTestDatabase } from '../../../support/postgres.ts';

it('is cut off by the server when it reads no more, and holds no row for longer', async () => {
  const { pool, url } = await createTestDatabase();
  await createClaims(pool, { rows: 3 });
  const client = await connectTarget(url);
  const { rows } = await client.query('SHOW tcp_user_timeout');
  expect(rows).toEqual([{ tcp_user_timeout: '60000' }]);
  await client.query("SET tcp_user_timeout = '1s'");
  await client.query('BEGIN');
  await client.query('SELECT FROM public.claims WHERE id = 2 FOR KEY SHARE');
  const { connection } = client as unknown as { connection: { stream: { pause(): void; destroy(): void } } };
  // More than the buffers on the way take.
  const reading = client.query('SELECT repeat(md5(n::text), 1000) FROM generate_series(1, 10000) AS n');
  reading.catch(() => undefined);
  connection.stream.pause();
  expect((await pool.query('DELETE FROM claims WHERE id = 2')).rowCount).toBe(1);
  connection.stream.destroy();
  await expect(reading).rejects.toThrow('Connection terminated');
  await client.end().catch(() => undefined);
});
