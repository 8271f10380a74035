import { expect, it } from 'vitest';
import { describeHold, describeWait } from '../../../core/schedule/describe-state.ts';
import { windowsState } from '../../../core/schedule/windows-state.ts';

const nightly = '0 2 * * * Europe/Berlin for 2h';
const late = '0 3 * * * UTC for 30m';
const at = (...windows: string[]) => windowsState(windows, new Date('2026-07-01T01:10:00Z'));

it('is open where nothing is asked, and until the first of several windows closes', () => {
  expect(at()).toEqual({ state: 'open', until: undefined });
  expect(at('2026-01-01T00:00:00Z')).toEqual({ state: 'open', until: undefined });
  expect(at(nightly, '0 1 * * * UTC for 30m')).toEqual({ state: 'open', until: new Date('2026-07-01T01:30:00Z') });
});

it('is closed as soon as one of them is, or cannot be read', () => {
  const [closed, unreadable] = [at(nightly, late), at(nightly, 'some night')];
  if (closed.state === 'open' || unreadable.state === 'open') throw new Error('open');
  expect(closed.closed.map(describeWait)).toEqual([
    'its window `0 3 * * * UTC for 30m`, which opens 2026-07-01 03:00 UTC',
  ]);
  expect(unreadable.closed.map(describeHold)).toEqual(['its window cannot be read (some night)']);
});

it('tells a held run’s moment on the clocks of its window, and each window once', () => {
  const state = windowsState([nightly, 'manual', nightly], new Date('2026-07-01T10:00:00Z'));
  expect(state.state === 'closed' && state.closed.map(describeHold)).toEqual([
    'outside its window `0 2 * * * Europe/Berlin for 2h`, goes on at 2026-07-02 02:00 Europe/Berlin',
    'waits for a person: `/sluice schedule now`',
  ]);
});
