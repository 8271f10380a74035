import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRun } from '../../../registry/runs/read.ts';
import type { Run } from '../../../registry/runs/run.ts';
import { openObjectSink } from '../../../runner/backups/object-sink.ts';
import { type BackupPlace, readBackupPlace } from '../../../runner/backups/place.ts';
import { executeRun } from '../../../runner/execute.ts';
import { claimOrder, createClaims, orderClaims } from '../../support/claims.ts';
import { dumpDatabase } from '../../support/dump.ts';
import { startObjectStore, type TestStore } from '../../support/object-store.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { createTestRegistry } from '../../support/registry.ts';
import { runnerContext } from '../../support/runner.ts';

let store: TestStore;
beforeEach(async () => {
  store = await startObjectStore();
});
afterEach(() => store.close());

function placeIn(part: Record<string, string> = {}): Exclude<BackupPlace, string> {
  const place = readBackupPlace({
    SLUICE_BACKUPS: `${store.url}/exports/`,
    AWS_ACCESS_KEY_ID: store.accessKeyId,
    AWS_SECRET_ACCESS_KEY: store.secretAccessKey,
    ...part,
  });
  if (place === undefined || typeof place === 'string') throw new Error('no bucket');
  return place;
}

const sumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('an export to a bucket', () => {
  let registry: Pool;
  let target: Pool;
  let url: string;
  beforeEach(async () => {
    ({ pool: registry } = await createTestRegistry());
    ({ pool: target, url } = await createTestDatabase());
    await createClaims(target, { rows: 1200 });
  });

  async function execute(backups: BackupPlace): Promise<Run> {
    const id = await orderClaims(registry, { migrationText: `${claimOrder().migrationText}backup: jsonl\n` });
    await executeRun(runnerContext(registry, url, { backups }), id);
    const run = await readRun(registry, id);
    if (run === undefined) throw new Error('no run');
    return run;
  }

  it('is there, whole, before anything is made', async () => {
    const { rows } = await target.query<{ line: string }>(
      'SELECT row_to_json(c)::text AS line FROM claims AS c ORDER BY id',
    );
    const run = await execute(placeIn());
    expect(run.error).toBeUndefined();
    const object = store.objects.get(`/bucket/exports/claim-2.8.0-${run.id}.jsonl`);
    expect(object?.toString().trimEnd().split('\n').sort()).toEqual(rows.map(({ line }) => line).sort());
    expect(run.outcome?.backup).toMatchObject({
      location: `${store.url}/exports/claim-2.8.0-${run.id}.jsonl`,
      records: 1200,
      checksum: sumOf(object ?? Buffer.alloc(0)),
    });
    expect(JSON.stringify(run)).not.toContain(store.secretAccessKey);
    expect(store.uploads.size).toBe(0);
  });

  it('that the store refuses stops the run with nothing made, and tells no secret', async () => {
    const before = await dumpDatabase(target);
    const wrong = placeIn({ AWS_SECRET_ACCESS_KEY: 'not-the-secret' });
    const run = await execute(wrong);
    expect(run).toMatchObject({
      state: 'failed',
      error: {
        code: 'backup-failed',
        message: 'The export could not be written: the store answered 403 SignatureDoesNotMatch.',
      },
    });
    for (const secret of ['not-the-secret', store.accessKeyId, 'secret words'])
      expect(JSON.stringify(run)).not.toContain(secret);
    expect(await dumpDatabase(target)).toEqual(before);
  });
});

describe('an object', () => {
  it('of several parts is what was written, though the store stumbles now and then', async () => {
    let requests = 0;
    store.trouble = () => ((requests += 1) % 2 === 0 ? 503 : undefined);
    const sink = await openObjectSink(placeIn(), 'a b/ü#?&.csv');
    const hash = createHash('sha256');
    for (let at = 0; at < 21; at += 1) {
      const chunk = Buffer.alloc(2 ** 20, at);
      hash.update(chunk);
      await sink.write(chunk);
    }
    expect([...store.uploads.values()].map((parts) => parts.length)).toEqual([2]);
    const sum = hash.digest('hex');
    await sink.finish(sum);
    const [[name, object] = ['', Buffer.alloc(0)]] = store.objects;
    expect(decodeURIComponent(name)).toBe('/bucket/exports/a b/ü#?&.csv');
    expect(sumOf(object)).toBe(sum);
  });

  it('that is given back otherwise than it was written is no backup', async () => {
    const sink = await openObjectSink(placeIn(), 'x');
    await sink.write(Buffer.from('records'));
    await expect(sink.finish(sumOf(Buffer.from('other records')))).rejects.toThrow(/not what was written/);
  });

  it('that is given up leaves no parts behind', async () => {
    const sink = await openObjectSink(placeIn(), 'x');
    await sink.write(Buffer.alloc(9 * 2 ** 20));
    expect(store.uploads.size).toBe(1);
    await sink.abandon();
    expect(store.uploads.size).toBe(0);
    expect(store.objects.size).toBe(0);
  });

  it('cannot be begun where nobody answers, or in a bucket that is not there', async () => {
    await expect(openObjectSink({ ...placeIn(), url: `${new URL(store.url).origin}/other` }, 'x')).rejects.toThrow(
      '404 NoSuchBucket',
    );
    await store.close();
    await expect(openObjectSink(placeIn(), 'x')).rejects.toThrow(/the store cannot be reached/);
  });
});

describe('where exports go', () => {
  it.each([
    ['ftp://host/bucket'],
    ['http://example.com/bucket'],
    ['https://user:hidden@example.com/bucket'],
    ['https://example.com'],
    ['https://example.com/bucket?x=hidden'],
    ['s3://hidden'],
  ])('is refused as %s, without repeating it', (place) => {
    expect(() => placeIn({ SLUICE_BACKUPS: place })).toThrow(/neither a folder nor the address of a bucket/);
    expect(() => placeIn({ SLUICE_BACKUPS: place })).not.toThrow(/hidden/);
  });

  it('is a folder, a bucket with credentials, or nowhere', () => {
    expect(readBackupPlace({ SLUICE_BACKUPS: '/var/backups' })).toBe('/var/backups');
    expect(readBackupPlace({ SLUICE_BACKUPS: '' })).toBeUndefined();
    expect(() => readBackupPlace({ SLUICE_BACKUPS: 'https://example.com/bucket' })).toThrow(/no credentials/);
    expect(placeIn({ AWS_REGION: 'eu-central-1' }).region).toBe('eu-central-1');
  });
});
