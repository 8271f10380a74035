import { describe, expect, it } from 'vitest';
import { Duty, nextDuty } from '../../runner/duty.ts';

const range = { least: 0.05, start: 0.1, most: 0.25 };

describe('the next share of the time', () => {
  it.each([
    ['grows while the server answers as ever', 0.1, 4, 4, 0.11],
    ['grows while it is near', 0.1, 5, 4, 0.11],
    ['grows when it answers faster', 0.1, 2, 4, 0.11],
    ['never grows beyond the most', 0.245, 4, 4, 0.25],
    ['stays at the most', 0.25, 4, 4, 0.25],
    ['stays when it is a little slower', 0.1, 6, 4, 0.1],
    ['stays up to twice as long', 0.1, 8, 4, 0.1],
    ['halves when the server is late', 0.2, 8.1, 4, 0.1],
    ['halves only, however late it is', 0.2, 400, 4, 0.1],
    ['never falls below the least', 0.08, 40, 4, 0.05],
    ['stays at the least', 0.05, 40, 4, 0.05],
    ['does not take less than a millisecond for late', 0.2, 0.9, 0.1, 0.2],
    ['takes more than a millisecond for late', 0.2, 1.2, 0.1, 0.1],
  ])('%s: %d with %d ms against %d ms becomes %d', (_what, share, latency, baseline, next) => {
    expect(nextDuty(share, latency, baseline, range)).toBeCloseTo(next, 10);
  });
});

describe('the share over time', () => {
  function begin(): Duty {
    const duty = new Duty(range);
    for (let count = 0; count < 5; count++) duty.answeredAtRest(4);
    return duty;
  }

  it('stays where it begins as long as nothing is known of the server at rest', () => {
    const duty = new Duty(range);
    for (let count = 0; count < 50; count++) duty.answeredAfterTurn(400);
    expect(duty.share).toBe(0.1);
  });

  it('climbs step by step, and falls much faster', () => {
    const duty = begin();
    for (let count = 0; count < 14; count++) duty.answeredAfterTurn(4);
    expect(duty.share).toBeCloseTo(0.24, 10);
    for (let count = 0; count < 100; count++) duty.answeredAfterTurn(4);
    expect(duty.share).toBe(0.25);
    for (let count = 0; count < 3; count++) duty.answeredAfterTurn(40);
    expect(duty.share).toBe(0.0625);
    duty.answeredAfterTurn(40);
    expect(duty.share).toBe(0.05);
  });

  it('does not fall for one late answer', () => {
    const duty = begin();
    for (const latency of [4, 4, 400, 4, 4]) duty.answeredAfterTurn(latency);
    expect(duty.share).toBeCloseTo(0.15, 10);
  });

  it('knows a new normal: what the server is like at rest is what it was like of late', () => {
    const duty = begin();
    for (let count = 0; count < 61; count++) duty.answeredAtRest(40);
    duty.answeredAfterTurn(40);
    expect(duty.share).toBeCloseTo(0.11, 10);
  });

  it('is fixed where it was given as one number', () => {
    const duty = new Duty(0.5);
    for (let count = 0; count < 50; count++) duty.answeredAtRest(4);
    for (let count = 0; count < 50; count++) duty.answeredAfterTurn(400);
    expect(duty.isFixed).toBe(true);
    expect(duty.share).toBe(0.5);
  });
});
