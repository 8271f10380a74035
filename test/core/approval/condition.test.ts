import { expect, it } from 'vitest';
import { conditionKind, conditionProblem } from '../../../core/approval/condition.ts';

it.each<[string, object]>([
  ['0 records without /policy_number', { kind: 'no-records-without', pointer: '/policy_number', schema: undefined }],
  ['No record of claim without /a~1b/0', { kind: 'no-records-without', pointer: '/a~1b/0', schema: 'claim' }],
  ['1 records without /policy_number', { kind: 'task' }],
  ['0 records without policy_number', { kind: 'task' }],
  ['0 records without /policy_number, and tell the team', { kind: 'task' }],
  ['tell the team', { kind: 'task' }],
  ['rehearsal passes', { kind: 'rehearsal' }],
  ['The rehearsal passes.', { kind: 'rehearsal' }],
  ['rehearsal passes on Tuesday', { kind: 'task' }],
  ['window nightly', { kind: 'window', window: 'nightly' }],
])('%s', (words, kind) => {
  expect(conditionKind(words)).toEqual(kind);
});

it('takes no rehearsal elsewhere for a task that somebody could tick', () => {
  for (const words of ['rehearsal on staging passes', 'The rehearsal on `the staging database` passes.'])
    expect(conditionProblem(words)).toMatch(/^A rehearsal is of the run’s own table, .*`rehearsal passes`/);
  for (const words of ['rehearsal passes', 'tell the team', '']) expect(conditionProblem(words)).toBeUndefined();
});
