import { describe, expect, it } from 'vitest';
import {
  canMove,
  isFinal,
  isRunState,
  nextStates,
  type RunState,
  runStates,
  stateTable,
} from '../../../core/migration/states.ts';

const finals: RunState[] = ['completed', 'rolled-back', 'cancelled', 'failed'];
const trouble: RunState[] = ['failing', 'failed', 'needs-attention', 'rolled-back', 'cancelled'];

function reachableFrom(start: RunState, blocked: readonly RunState[] = []): Set<RunState> {
  const seen = new Set<RunState>([start]);
  for (const state of seen) for (const next of nextStates(state)) if (!blocked.includes(next)) seen.add(next);
  return seen;
}

describe('the state table', () => {
  it('has a row for every state and none besides', () => {
    expect(Object.keys(stateTable).sort()).toEqual([...runStates].sort());
  });

  it('reaches every state from planned', () => {
    expect([...reachableFrom('planned')].sort()).toEqual([...runStates].sort());
  });

  it('has no way out of exactly the four ends', () => {
    expect(runStates.filter(isFinal)).toEqual(expect.arrayContaining(finals));
    expect(runStates.filter(isFinal)).toHaveLength(finals.length);
  });

  it.each(runStates.filter((state) => !isFinal(state)))('lets trouble out of %s', (state) => {
    // While it is held nothing is done that could fail; the keys that are noted meanwhile are never dropped.
    const outs =
      state === 'needs-attention' ? ['failing', 'rolling-back'] : state === 'paused' ? ['cancelling'] : trouble;
    expect(nextStates(state).some((next) => outs.includes(next))).toBe(true);
  });

  it.each(runStates)('comes to an end from %s', (state) => {
    expect([...reachableFrom(state)].some(isFinal)).toBe(true);
  });

  it('goes the whole good way in order', () => {
    const way: RunState[] = [
      'planned',
      'prechecking',
      'shadowing',
      'capturing',
      'backfilling',
      'verifying',
      'cutting-over',
      'reversing',
      'completing',
      'completed',
    ];
    for (const [index, state] of way.slice(1).entries()) expect(canMove(way[index] ?? 'planned', state)).toBe(true);
  });

  it('cannot come to the new table except through verification and cutover', () => {
    // A person may also say so from `needs-attention`, when the state row proves that the swap happened.
    for (const gate of ['backfilling', 'verifying', 'cutting-over'] as const)
      expect(reachableFrom('planned', [gate, 'needs-attention']).has('reversing')).toBe(false);
  });

  it('never calls a run failed or cancelled once the new table is known to be in use', () => {
    expect(nextStates('reversing')).not.toContain('failing');
    expect(nextStates('reversing')).not.toContain('cancelling');
    expect([...reachableFrom('reversing', ['needs-attention'])]).not.toContain('failed');
  });

  it('has no way back once the old table is being dropped', () => {
    expect([...reachableFrom('completing', ['needs-attention'])]).toEqual(['completing', 'completed']);
  });

  it('leaves nothing to clean up behind a run that ends without a clean-up state', () => {
    const cleanupFree = runStates.filter((state) => canMove(state, 'failed') || canMove(state, 'cancelled'));
    expect(cleanupFree.sort()).toEqual(['cancelling', 'failing', 'planned', 'prechecking']);
  });

  it('gives a reason for every move, and no state moves to itself', () => {
    for (const state of runStates) {
      expect(canMove(state, state)).toBe(false);
      for (const why of Object.values(stateTable[state].next)) expect(why).toMatch(/\S/);
    }
  });

  it('knows its own names only', () => {
    expect(isRunState('backfilling')).toBe(true);
    expect(isRunState('toString')).toBe(false);
    expect(isRunState('')).toBe(false);
  });
});
