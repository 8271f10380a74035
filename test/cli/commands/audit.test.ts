import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditCommand } from '../../../cli/commands/audit.ts';
import { appendEvent } from '../../../registry/events.ts';
import { createTestRegistry } from '../../support/registry.ts';

let pool: Pool;
let folder: string;
beforeEach(async () => {
  const registry = await createTestRegistry();
  pool = registry.pool;
  vi.stubEnv('SLUICE_REGISTRY_URL', registry.url);
  folder = await mkdtemp(join(tmpdir(), 'sluice-audit-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function audit(...parameters: string[]): Promise<{ code: unknown; out: string; error: string }> {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.exitCode = undefined;
  await auditCommand().parseAsync(parameters, { from: 'user' });
  const result = { code: process.exitCode ?? 0, out: out.mock.calls.join(''), error: error.mock.calls.join('') };
  vi.restoreAllMocks();
  return result;
}

async function record(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const actor = number === 2 ? '=HYPERLINK("http://evil")' : 'platform-engineer';
    const event = { kind: 'approval.given', repository: `acme/claims-${number % 2}`, actor, subject: 'pull request 7' };
    await appendEvent(pool, { ...event, data: { head: `c${number}`, fingerprint: 'f' } });
  }
}

/** As somebody with all rights on the database would. */
async function tamper(sql: string): Promise<void> {
  await pool.query('ALTER TABLE sluice.events DISABLE TRIGGER events_append_only');
  await pool.query('ALTER TABLE sluice.events_head DISABLE TRIGGER events_head_advances');
  await pool.query(sql);
}

const lastHash = (out: string): string => /hash ([0-9a-f]{64})/.exec(out)?.[1] ?? 'no hash';

describe('sluice audit verify', () => {
  it('says how many events were checked, and the hash to keep', async () => {
    await record(5);
    const { code, out } = await audit('verify');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^5 events checked\.\nNothing was changed, taken out, put in or moved\.\nLast event: 5, hash [0-9a-f]{64}\n/,
    );
  });

  it('has nothing to complain about in an empty trail', async () => {
    expect(await audit('verify')).toMatchObject({ code: 0, error: '' });
  });

  it.each([
    ['was changed', "UPDATE sluice.events SET actor = 'developer' WHERE sequence = 3", 'event 3 says something else'],
    [
      'has other data',
      `UPDATE sluice.events SET data = '{"head":"c9"}' WHERE sequence = 3`,
      'event 3 says something else',
    ],
    [
      'was dated back',
      "UPDATE sluice.events SET at = at - interval '1 microsecond' WHERE sequence = 3",
      'event 3 says something else',
    ],
    ['was taken out', 'DELETE FROM sluice.events WHERE sequence IN (2, 3)', 'events 2 to 3 were taken out'],
    ['was cut off', 'DELETE FROM sluice.events WHERE sequence > 4', 'event 5 was taken out'],
    [
      'was put in',
      `INSERT INTO sluice.events (kind, repository, actor, subject, data, sequence, previous, hash)
       SELECT kind, repository, 'developer', subject, data, 6, hash, repeat('a', 64) FROM sluice.events WHERE sequence = 5`,
      'event 6 was put in',
    ],
    [
      'changed places',
      `UPDATE sluice.events SET sequence = sequence + 100 WHERE sequence IN (2, 3);
       UPDATE sluice.events SET sequence = 3 WHERE sequence = 102;
       UPDATE sluice.events SET sequence = 2 WHERE sequence = 103`,
      'event 2 was recorded as event 3',
    ],
  ])('says which event %s', async (_, sql, words) => {
    await record(5);
    await tamper(sql);
    const { code, out } = await audit('verify');
    expect(code).toBe(1);
    expect(out).toContain('The audit trail is not what was recorded');
    expect(out).toContain(words);
  });

  it('shows a cut end to whoever noted a hash, also when the registry was made to forget it', async () => {
    await record(5);
    const hash = lastHash((await audit('verify')).out);
    expect((await audit('verify', '--expect', hash)).code).toBe(0);
    await record(1);
    expect((await audit('verify', '--expect', hash)).code).toBe(0);
    await tamper(`DELETE FROM sluice.events WHERE sequence > 4;
      UPDATE sluice.events_head SET sequence = 4, hash = (SELECT hash FROM sluice.events WHERE sequence = 4)`);
    expect((await audit('verify')).code).toBe(0);
    const { code, out } = await audit('verify', '--expect', hash);
    expect([code, out]).toEqual([1, expect.stringContaining(`no event has the hash ${hash}`)]);
  });

  it('refuses what is no hash', async () => {
    expect(await audit('verify', '--expect', 'abc')).toMatchObject({
      code: 2,
      out: '',
      error: '--expect is no hash. A hash has 64 hexadecimal digits in small letters.\n',
    });
  });
});

describe('sluice audit export', () => {
  it('prints lines of json that can be verified without the registry', async () => {
    await record(4);
    const { code, out } = await audit('export');
    expect(code).toBe(0);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { sequence: number });
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    const file = join(folder, 'trail.jsonl');
    await writeFile(file, out);
    vi.stubEnv('SLUICE_REGISTRY_URL', '');
    expect(await audit('verify', '--file', file)).toMatchObject({ code: 0, error: '' });
    await writeFile(file, out.replace('"head":"c3"', '"head":"c9"'));
    const changed = await audit('verify', '--file', file);
    expect([changed.code, changed.out]).toEqual([1, expect.stringContaining('event 3 says something else')]);
  });

  it('prints csv in which nothing is a formula', async () => {
    await record(2);
    const { out } = await audit('export', '--format', 'csv');
    expect(out.split('\r\n')).toHaveLength(4);
    expect(out).toContain(`,"'=HYPERLINK(""http://evil"")",`);
  });

  it('prints one repository only when asked to', async () => {
    await record(4);
    const { out } = await audit('export', '--repository', 'Acme/claims-1');
    expect(out.trimEnd().split('\n')).toHaveLength(2);
  });

  it('says where a name is that of no repository with events, so that a slip is no silence', async () => {
    await record(1);
    const { code, out, error } = await audit('export', '--repository', 'acme/clams');
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(error).toContain('no event of acme/clams');
  });

  it.each([
    ['is not there', undefined, /nowhere\.jsonl: cannot be read \(ENOENT\)/],
    ['is no export', 'sequence,at\n1,2\n', /trail\.jsonl:1: is no event of an audit trail\. Give it a file/],
    ['holds other json', '{"sequence":1}\n', /trail\.jsonl:1: is no event/],
  ])('refuses to verify a file that %s', async (_, text, words) => {
    const file = join(folder, text === undefined ? 'nowhere.jsonl' : 'trail.jsonl');
    if (text !== undefined) await writeFile(file, text);
    const { code, error } = await audit('verify', '--file', file);
    expect(code).toBe(2);
    expect(error).toMatch(words);
  });
});
