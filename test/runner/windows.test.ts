import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { currentApproval, invalidateApprovals } from '../../registry/approvals.ts';
import { keepConditions } from '../../registry/conditions.ts';
import { noteOutcome } from '../../registry/runs/progress.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { steer } from '../../registry/runs/steer.ts';
import { setSchedule } from '../../registry/schedules.ts';
import { namesOf } from '../../runner/databases/postgres/names.ts';
import { executeRun } from '../../runner/execute.ts';
import { createClaims, orderClaims } from '../support/claims.ts';
import { dumpDatabase } from '../support/dump.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createTestRegistry } from '../support/registry.ts';
import { runnerContext } from '../support/runner.ts';
import { sharedContext } from '../support/sharing.ts';

const window = '0 2 * * * UTC for 2h';
const [night, noon] = [new Date('2026-03-01T03:00:00Z'), new Date('2026-03-01T12:00:00Z')];

let registry: Pool;
let target: Pool;
let url: string;
beforeEach(async () => {
  ({ pool: registry } = await createTestRegistry());
  ({ pool: target, url } = await createTestDatabase());
  await createClaims(target, { rows: 300 });
});

/** The window is open for so many looks at the clock, then closed. */
function nightFor(looks: number): () => Date {
  let left = looks;
  return () => (left-- > 0 ? night : noon);
}

async function mustRead(id: string): Promise<Run> {
  const run = await readRun(registry, id);
  if (run === undefined) throw new Error('no run');
  return run;
}

async function proceed(id: string, now: () => Date): Promise<Run> {
  await executeRun(runnerContext(registry, url, { now }), id);
  return mustRead(id);
}

async function order(part: Parameters<typeof orderClaims>[1] = {}): Promise<string> {
  const id = await orderClaims(registry, part);
  await setSchedule(registry, await mustRead(id), 'policy', { windows: [window], setBy: 'policy' });
  return id;
}

/** Held while it copies. */
async function held(id: string): Promise<Run> {
  for (let looks = 1; looks < 20; looks += 1) {
    const run = await proceed(id, nightFor(looks));
    if (run.state === 'backfilling') return run;
  }
  throw new Error('the copy was never held');
}

async function isMigrated(): Promise<boolean> {
  const { rows } = await target.query<{ type: string }>(
    "SELECT jsonb_typeof(document->'claim_amount') AS type FROM claims WHERE id = 1",
  );
  return rows[0]?.type === 'number';
}

const hold =
  'outside its window `0 2 * * * UTC for 2h`, goes on at 2026-03-02 02:00 UTC; `/sluice continue` on the pull request lets it go on now';

describe('a run with a window', () => {
  it('is left as it is wherever the window closes, and goes on from there in the next', async () => {
    const id = await order();
    const states = new Set<string>();
    const holds = new Set<string | undefined>();
    for (let looks = 1; ; looks += 1) {
      const run = await proceed(id, nightFor(looks));
      if (run.state === 'reversing') break;
      states.add(run.state);
      expect(await isMigrated()).toBe(false);
      expect(run.error).toBeUndefined();
      if (run.state === 'backfilling' || run.state === 'verifying') holds.add(run.progress?.hold);
      expect(looks).toBeLessThan(200);
    }
    expect(await isMigrated()).toBe(true);
    expect([...states]).toEqual(expect.arrayContaining(['prechecking', 'backfilling', 'verifying']));
    expect([...holds]).toEqual([hold]);
  });

  it('goes on noting and carrying over what is written while it is held', async () => {
    const id = await order();
    await held(id);
    await target.query(`UPDATE claims SET document = document || '{"note":"noon"}' WHERE id <= 20`);
    const run = await proceed(id, () => noon);
    expect(run).toMatchObject({ state: 'backfilling', progress: { hold, captured: 20 } });
    await target.query(`UPDATE claims SET document = document || '{"note":"later"}' WHERE id <= 10`);
    expect((await proceed(id, () => night)).state).toBe('reversing');
    const { rows } = await target.query(
      "SELECT document->>'note' AS note, count(*)::int AS n FROM claims WHERE document ? 'note' GROUP BY 1 ORDER BY 1",
    );
    expect(rows).toEqual([
      { note: 'later', n: 10 },
      { note: 'noon', n: 10 },
    ]);
  });

  it('is left by all runners that copy it, and goes on with all of them in the next', async () => {
    await target.query('DROP TABLE claims');
    await createClaims(target, { rows: 20_000 });
    const id = await order();
    const copied = async (): Promise<number> => {
      const { rows } = await target.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${namesOf(id).shadowSchema}.claims`,
      );
      return rows[0]?.n ?? 0;
    };
    let now = nightFor(20);
    const { context, settle } = sharedContext(registry, url, { now: () => now() });
    await executeRun(context, id);
    await settle();
    expect(await mustRead(id)).toMatchObject({ state: 'backfilling', progress: { hold } });
    const held = await copied();
    expect(held).toBeLessThan(20_000);
    await sleep(300);
    expect(await copied()).toBe(held);
    now = () => night;
    await executeRun(context, id);
    await settle();
    expect((await mustRead(id)).state).toBe('reversing');
    const { rows } = await target.query(
      "SELECT count(*)::int AS n FROM claims WHERE jsonb_typeof(document->'claim_amount') = 'number'",
    );
    expect(rows).toEqual([{ n: 20_000 }]);
  });

  it('may be paused, called off and, once it is done, rolled back at any time', async () => {
    const before = await dumpDatabase(target);
    const id = await order();
    await held(id);
    expect((await steer(registry, id, 'pause', 'developer')).state).toBe('paused');
    await steer(registry, id, 'resume', 'developer');
    expect(await proceed(id, () => noon)).toMatchObject({ state: 'backfilling', progress: { hold } });
    await steer(registry, id, 'cancel', 'developer');
    expect((await proceed(id, () => noon)).state).toBe('cancelled');
    expect(await dumpDatabase(target)).toEqual(before);
    const other = await order();
    expect((await proceed(other, () => night)).state).toBe('reversing');
    await steer(registry, other, 'rollback', 'developer');
    expect((await proceed(other, () => noon)).state).toBe('rolled-back');
  });

  it('goes on outside of it when somebody has said so', async () => {
    const id = await order();
    await held(id);
    await noteOutcome(registry, id, { outsideWindows: 'platform-engineer' });
    expect((await proceed(id, () => noon)).state).toBe('reversing');
    expect(await isMigrated()).toBe(true);
  });

  it('that has swapped before its runner died is found to be done, whatever the time', async () => {
    const id = await order();
    await proceed(id, () => night);
    await registry.query("UPDATE sluice.runs SET state = 'cutting-over' WHERE id = $1", [id]);
    const run = await proceed(id, () => noon);
    expect(run.state).toBe('reversing');
    expect(run.progress?.hold).toBeUndefined();
  });

  it('whose runner died while it looked begins no sooner than in the next', async () => {
    const id = await order();
    await registry.query("UPDATE sluice.runs SET state = 'prechecking' WHERE id = $1", [id]);
    const before = await dumpDatabase(target);
    expect((await proceed(id, () => noon)).state).toBe('prechecking');
    expect(await dumpDatabase(target)).toEqual(before);
    expect((await proceed(id, () => night)).state).toBe('reversing');
  });
});

describe('the window of a run', () => {
  it('that an approval asked for stays when the approval is taken back', async () => {
    const id = await orderClaims(registry);
    const approval = await currentApproval(registry, await mustRead(id));
    if (!approval) throw new Error('not approved');
    const given = [{ login: 'platform-engineer', source: 'review:1', conditions: [`window ${window}`] }];
    await keepConditions(registry, approval, given);
    await held(id);
    await invalidateApprovals(registry, { ...(await mustRead(id)), reason: 'taken back' });
    expect(await proceed(id, () => noon)).toMatchObject({ state: 'backfilling', progress: { hold } });
  });

  it('that a person sets meanwhile holds it, until a person sets another', async () => {
    const id = await order();
    await held(id);
    const run = await mustRead(id);
    await setSchedule(registry, run, 'person', { windows: ['manual'], setBy: 'developer' });
    expect((await proceed(id, () => night)).progress?.hold).toMatch(/^waits for a person: `\/sluice schedule now`/);
    await setSchedule(registry, run, 'person', { windows: [], setBy: 'developer' });
    expect((await proceed(id, () => night)).state).toBe('reversing');
  });

  it('that nobody can read keeps it from going on', async () => {
    const id = await order();
    await held(id);
    await setSchedule(registry, await mustRead(id), 'policy', { windows: ['some night'], setBy: 'policy' });
    const run = await proceed(id, () => night);
    expect(run).toMatchObject({ state: 'backfilling' });
    expect(run.progress?.hold).toContain('cannot be read');
  });

  it('that the registry cannot tell keeps it from going on, until it can', async () => {
    const id = await order();
    await held(id);
    const lost = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const query = registry.query.bind(registry);
    const spy = vi
      .spyOn(registry, 'query')
      .mockImplementation(((text: string, values: unknown[]) =>
        text.includes('sluice.schedules') ? Promise.reject(lost) : query(text, values)) as never);
    await expect(proceed(id, () => night)).rejects.toBe(lost);
    expect(await isMigrated()).toBe(false);
    spy.mockRestore();
    expect((await proceed(id, () => night)).state).toBe('reversing');
  });

  it('keeps a rehearsal too, but for its end, which swaps nothing', async () => {
    const id = await order();
    await registry.query('UPDATE sluice.runs SET dry_run = true WHERE id = $1', [id]);
    await held(id);
    for (let looks = 2; ; looks += 1) {
      const run = await proceed(id, nightFor(looks));
      if (run.state === 'cancelled') break;
      expect(looks).toBeLessThan(200);
    }
    expect((await mustRead(id)).outcome?.rehearsed).toBe(true);
    expect(await isMigrated()).toBe(false);
  });
});
