import type { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectTarget } from '../../../../runner/databases/postgres/connect.ts';
import { copyOut, fieldsOf } from '../../../../runner/databases/postgres/copy-out.ts';
import { createTestDatabase } from '../../../support/postgres.ts';

let client: Client;
let url: string;
beforeEach(async () => {
  ({ url } = await createTestDatabase());
  client = await connectTarget(url);
});
afterEach(() => client.end());

it('gives back texts exactly as they are in the database', async () => {
  const texts = [
    '',
    'plain',
    '\\',
    '\\N',
    '\\.',
    'a\tb',
    'a\nb\r\n',
    '"\\"',
    '\b\f\v\u0001\u007f',
    'é漢😀',
    '\\t',
    'x\\',
  ];
  await client.query('CREATE TEMP TABLE texts (n int, one text, two text)');
  for (const [n, text] of texts.entries()) {
    await client.query('INSERT INTO pg_temp.texts VALUES ($1, $2, $3)', [n, text, n % 2 === 0 ? null : text]);
  }
  const rows: (string | undefined)[][] = [];
  await copyOut(client, 'COPY (SELECT one, two, one FROM pg_temp.texts ORDER BY n) TO STDOUT', (row) =>
    rows.push([...fieldsOf(row)]),
  );
  expect(rows).toEqual(texts.map((text, n) => [text, n % 2 === 0 ? undefined : text, text]));
});

it('says what the server or the reader had against it, and leaves the session usable', async () => {
  const all = 'COPY (SELECT n FROM generate_series(1, 50000) AS n) TO STDOUT';
  let seen = 0;
  await expect(
    copyOut(client, all, () => {
      seen += 1;
      throw new RangeError('enough');
    }),
  ).rejects.toThrow(RangeError);
  expect(seen).toBe(1);
  await expect(
    copyOut(client, 'COPY (SELECT 1 / (n - 1000) FROM generate_series(1, 5000) AS n) TO STDOUT', () => undefined),
  ).rejects.toMatchObject({ code: '22012' });
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

it('says that the connection was lost in the middle', async () => {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const other = await connectTarget(url);
  try {
    const [copying] = await Promise.allSettled([
      copyOut(client, 'COPY (SELECT pg_sleep(0.01) FROM generate_series(1, 5000)) TO STDOUT', () => undefined),
      other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]),
    ]);
    expect(copying).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringMatching(/terminat/) as unknown },
    });
  } finally {
    await other.end();
  }
});
