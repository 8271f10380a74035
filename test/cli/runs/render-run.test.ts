import { describe, expect, it } from 'vitest';
import { renderRun } from '../../../cli/runs/render-run.ts';
import { renderRuns } from '../../../cli/runs/render-runs.ts';
import { spanOf } from '../../../cli/runs/spans.ts';
import { watchRun } from '../../../cli/runs/watch.ts';
import { runStates } from '../../../core/migration/states.ts';
import type { Run, RunProgress } from '../../../registry/runs/run.ts';
import { claimOrder } from '../../support/claims.ts';

const now = new Date('2026-03-01T03:00:00Z');
const view = { width: 80, now };
const minutes = (count: number) => new Date(now.getTime() - count * 60_000);

const progress: RunProgress = {
  step: 3,
  steps: 6,
  records: 612_000,
  total: 1_000_000,
  recordsPerSecond: 48_200,
  batches: 1204,
  captured: 3,
  remaining: 7800,
  checkpoint: '612000',
  hold: undefined,
  rollbackAvailable: true,
};

function runIn(state: Run['state'], part: Partial<Run> = {}): Run {
  return {
    ...claimOrder(),
    id: 'n9anbcyn48',
    state,
    step: 'copying records',
    progress,
    progressSeq: 7,
    error: undefined,
    epoch: 1,
    checkRunId: undefined,
    created: minutes(14),
    updated: now,
    started: minutes(12),
    finished: undefined,
    ...part,
  };
}

describe('a run on a terminal', () => {
  it('says how many runners copy, where it is more than one', () => {
    const shared = renderRun(runIn('backfilling', { progress: { ...progress, runners: 3 } }), view);
    expect(shared.replaceAll(/\s+/g, ' ')).toContain('48,200 records/s, 3 runners, batch 1,204,');
    const over = renderRun(runIn('verifying', { progress: { ...progress, runners: undefined } }), view);
    expect(over).not.toContain('runners');
  });

  it('says how far it is, how long it takes, which table is in use and what can be asked of it', () => {
    const text = renderRun(runIn('backfilling', { progress: { ...progress, hold: 'a replica is 12 s behind' } }), view);
    expect(text).toContain('in use     the old table, untouched\n');
    expect(text).toContain('step       3 of 6, copying records\n');
    expect(text).toContain('records    ███████████████░░░░░░░░░ 61 %, 612,000 of about 1,000,000 records\n');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      '48,200 records/s, batch 1,204, about 2 h 10 min left, last checkpoint 612000',
    );
    expect(text).toContain('holding    a replica is 12 s behind\n');
    expect(text).toContain('time       12 min, from 2026-03-01T02:48:00Z\n');
    expect(text).toContain('possible   sluice pause n9anbcyn48\n           sluice cancel n9anbcyn48\n');
    expect(text).not.toContain('quiet');
  });

  it('never says that the copy is over before it is, whatever was estimated', () => {
    expect(renderRun(runIn('backfilling', { progress: { ...progress, records: 2_000_000 } }), view)).toContain(
      ' 99 %,',
    );
  });

  it('says that nothing is heard of a run that should be worked on', () => {
    expect(renderRun(runIn('backfilling', { updated: minutes(4) }), view)).toContain(
      'quiet      nothing is heard of it for 4 min: is a runner up?',
    );
    expect(renderRun(runIn('paused', { updated: minutes(400) }), view)).not.toContain('quiet');
  });

  it('says of a failed run why, what is to be done, and that the table is as it was', () => {
    const error = { code: 'invalid-record', message: 'The record 7 would not be valid', remedy: 'Correct it.' };
    const incident = {
      error,
      at: now.toISOString(),
      state: 'backfilling',
      step: 'copying records',
      records: 612_000,
      total: 1_000_000,
      keys: ['7'],
      likelyCause: 'The table holds records that the old schema does not describe.',
      nextSteps: ['Look at the record.', 'Order it again: `sluice retry n9anbcyn48`.'],
    };
    const text = renderRun(runIn('failed', { error, outcome: { incident, issue: 12 }, finished: now }), view);
    expect(text).toContain('in use     the old table, untouched\n');
    expect(text).toContain('error      The record 7 would not be valid.\n');
    expect(text).toContain('next       1. Look at the record.\n           2. Order it again');
    expect(text).toContain('issue      #12 of acme/claims\n');
    expect(text).not.toContain('Correct it.');
    expect(text).not.toContain('left');
  });

  it.each(runStates)('keeps within 80 columns and obeys nothing in a text, as %s', (state) => {
    const error = { code: 'x', message: `\u001b[2J\u202e${'long words '.repeat(30)}`, remedy: 'r\n'.repeat(5) };
    for (const run of [runIn(state), runIn(state, { error, step: `${'step '.repeat(40)}\u0007` })]) {
      const text = renderRun(run, view);
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
      expect(
        text.split('').filter((character) => (character < ' ' && character !== '\n') || character === '\u202e'),
      ).toEqual([]);
    }
  });
});

it('lists runs as a table within the width, with the reason of those that failed or are held', () => {
  const error = { code: 'check-failed', message: 'The role "app" does not own "public"."claims"' };
  const text = renderRuns(
    [runIn('backfilling'), runIn('failed', { id: 'abcdefghjk', progress: undefined, error })],
    view,
  );
  expect(text.split('\n')).toEqual([
    'RUN         STATE        DONE  SCHEMA               ORDERED',
    expect.stringMatching(/^n9anbcyn48 {2}backfilling {2}61 % {2}\S+ 2\.8\.0 → 3\.0\.0 +14 min ago$/),
    expect.stringMatching(/^abcdefghjk {2}failed {13}\S+ 2\.8\.0 → 3\.0\.0 +14 min ago$/),
    '    The role "app" does not own "public"."claims"',
  ]);
});

describe('watching a run', () => {
  const story = () => {
    const runs = [runIn('backfilling'), runIn('backfilling'), runIn('verifying'), runIn('reversing')];
    return () => Promise.resolve(runs.shift() ?? runIn('failed'));
  };

  it('draws it in one place on a terminal', async () => {
    let written = '';
    await watchRun({ isTTY: true, columns: 80, write: (text) => (written += text) }, story(), 1);
    const [first = '', ...others] = written.split('\u001b[0J');
    expect(others).toHaveLength(3);
    expect(written).toContain(`\u001b[${first.split('\n').length - 1}A`);
    expect(others.at(-1)).toContain('reversing');
  });

  it('writes a line for each change where it goes to a file, and moves no cursor', async () => {
    let written = '';
    await watchRun({ write: (text) => (written += text) }, story(), 1);
    expect(written.split('\n').slice(0, 2)).toEqual([
      'backfilling · step 3 of 6, copying records · 61 %, 612,000 of about 1,000,000 records · 48,200 records/s · about 2 h 10 min left',
      'verifying · step 3 of 6, copying records · 61 %, 612,000 of 1,000,000 records',
    ]);
    expect(written).not.toContain('\u001b');
    expect(written).toContain('in use     the new table; the old one is kept, and what is written is noted');
  });
});

it.each([
  [0, '1 s'],
  [89, '89 s'],
  [720, '12 min'],
  [7800, '2 h 10 min'],
  [3600, '1 h'],
  [86_400 * 3, '3 d'],
  [86_400 * 3 + 7200, '3 d 2 h'],
])('%i seconds are %s', (seconds, words) => {
  expect(spanOf(seconds)).toBe(words);
});
