import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeWindow } from '../../../core/schedule/describe-window.ts';
import { parseWindow } from '../../../core/schedule/parse-window.ts';
import type { RunWindow } from '../../../core/schedule/run-window.ts';
import { windowState } from '../../../core/schedule/window-state.ts';

function read(text: string): RunWindow {
  const parsed = parseWindow(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.window;
}

/** `open until …`, `closed until …` in UTC, `closed` or `open` when that is for ever. */
function at(text: string, moment: string): string {
  const result = windowState(read(text), new Date(moment));
  const end = result.state === 'open' ? result.until : result.opens;
  return end === undefined ? result.state : `${result.state} until ${end.toISOString().slice(0, 16)}`;
}

describe('a window', () => {
  it.each([
    ['manual', { kind: 'manual' }],
    [' Manual ', { kind: 'manual' }],
    ['2026-03-01T22:00:00+01:00', { kind: 'from', moment: new Date('2026-03-01T21:00:00Z') }],
    ['2024-02-29T22:00Z', { kind: 'from', moment: new Date('2024-02-29T22:00:00Z') }],
    [
      '0 2 * * 1-5 Europe/Berlin for 3h',
      { kind: 'recurring', cron: '0 2 * * 1-5', zone: 'Europe/Berlin', minutes: 180 },
    ],
    ['*/30 22  * * * UTC for 90m', { kind: 'recurring', cron: '*/30 22 * * *', zone: 'UTC', minutes: 90 }],
  ])('is read from %j', (text, window) => {
    expect(parseWindow(text)).toEqual({ window });
  });

  it.each([
    ['tonight', /is no moment/],
    ['2026-03-01', /is no moment/],
    ['2026-03-01T22:00:00', /is no moment/],
    ['2026-02-30T22:00:00Z', /is no moment/],
    ['2026-03-01T25:00:00Z', /is no moment/],
    ['0 2 * * *', /cannot be read/],
    ['0 2 * * * for 3h', /cannot be read/],
    ['0 2 * * * Europe/Atlantis for 3h', /no time zone Europe\/Atlantis/],
    ['61 2 * * * UTC for 3h', /no cron expression/],
    ['0 0 30 2 * UTC for 3h', /never opens/],
    ['0 2 * * * UTC for 0h', /cannot be open for 0h/],
    ['0 2 * * * UTC for 4m', /cannot be open for 4m/],
    ['0 2 * * * UTC for 169h', /cannot be open for 169h/],
    ['0 2 * * * UTC for ever', /cannot be open for ever/],
    ['', /is no moment/],
  ])('is not read from %j, and says why', (text, problem) => {
    expect(parseWindow(text)).toMatchObject({
      problem: expect.stringMatching(problem),
      remedy: expect.stringMatching(/\.$/),
    });
  });

  it.each(['manual', '0 2 * * 1-5 Europe/Berlin for 3h', '0 2 * * * UTC for 90m'])('%s says itself again', (text) => {
    expect(describeWindow(read(text))).toBe(text);
  });
});

describe('whether a window is open', () => {
  it.each([
    ['2026-03-10T00:59:59Z', 'closed until 2026-03-10T01:00'],
    ['2026-03-10T01:00:00Z', 'open until 2026-03-10T04:00'],
    ['2026-03-10T03:59:59Z', 'open until 2026-03-10T04:00'],
    ['2026-03-10T04:00:00Z', 'closed until 2026-03-11T01:00'],
    // From Friday to Monday.
    ['2026-03-13T05:00:00Z', 'closed until 2026-03-16T01:00'],
  ])('on working nights from two to five in Berlin, in winter, at %s: %s', (moment, answer) => {
    expect(at('0 2 * * 1-5 Europe/Berlin for 3h', moment)).toBe(answer);
  });

  it('follows the clocks of its zone in summer', () => {
    expect(at('0 2 * * * Europe/Berlin for 3h', '2026-07-10T00:00:00Z')).toBe('open until 2026-07-10T03:00');
    expect(at('0 2 * * * America/New_York for 1h', '2026-07-10T05:59:00Z')).toBe('closed until 2026-07-10T06:00');
  });

  it('opens at the end of the hour that is left out when the clocks go forward', () => {
    expect(at('30 2 * * * Europe/Berlin for 1h', '2026-03-29T00:59:00Z')).toBe('closed until 2026-03-29T01:00');
    expect(at('30 2 * * * Europe/Berlin for 1h', '2026-03-29T01:30:00Z')).toBe('open until 2026-03-29T02:00');
    expect(at('30 2 * * * Europe/Berlin for 1h', '2026-03-29T02:00:00Z')).toBe('closed until 2026-03-30T00:30');
  });

  it('opens once in the hour that comes twice when the clocks go back, the first time', () => {
    expect(at('30 2 * * * Europe/Berlin for 30m', '2026-10-25T00:29:00Z')).toBe('closed until 2026-10-25T00:30');
    expect(at('30 2 * * * Europe/Berlin for 30m', '2026-10-25T00:59:00Z')).toBe('open until 2026-10-25T01:00');
    expect(at('30 2 * * * Europe/Berlin for 30m', '2026-10-25T01:31:00Z')).toBe('closed until 2026-10-26T01:30');
  });

  it('stays open for as long as it says over the change of the clocks', () => {
    expect(at('0 1 * * * Europe/Berlin for 4h', '2026-03-29T00:30:00Z')).toBe('open until 2026-03-29T04:00');
    expect(at('0 1 * * * Europe/Berlin for 4h', '2026-10-25T02:30:00Z')).toBe('open until 2026-10-25T03:00');
  });

  it('over midnight', () => {
    expect(at('0 22 * * * UTC for 4h', '2026-03-11T01:59:00Z')).toBe('open until 2026-03-11T02:00');
  });

  it('closes with the last of several openings that overlap', () => {
    expect(at('0 * * * * UTC for 90m', '2026-03-10T10:15:00Z')).toBe('open until 2026-03-10T11:30');
  });

  it('on 29 February waits for a leap year', () => {
    expect(at('0 2 29 2 * UTC for 1h', '2026-03-10T00:00:00Z')).toBe('closed until 2028-02-29T02:00');
  });

  it('from a moment on stays open', () => {
    expect(at('2026-03-01T22:00:00Z', '2026-03-01T21:59:59Z')).toBe('closed until 2026-03-01T22:00');
    expect(at('2026-03-01T22:00:00Z', '2026-03-01T22:00:00Z')).toBe('open');
  });

  it('that a person opens is closed', () => {
    expect(at('manual', '2026-03-01T22:00:00Z')).toBe('closed');
  });

  it('is answered in time whatever the moment, and what it says next is true', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom('5m', '3h', '25h'),
        (now, zone, hour, length) => {
          const window = read(`15 ${hour} * * * ${zone} for ${length}`);
          const state = windowState(window, now);
          const next = state.state === 'closed' ? state.opens : state.until;
          const isTrue =
            next !== undefined && next > now && (state.state === 'open' || windowState(window, next).state === 'open');
          expect({ window, now, next, isTrue }).toMatchObject({ isTrue: true });
        },
      ),
      { numRuns: 300 },
    );
  });
});
