import { expect, it } from 'vitest';
import { conditionKind } from '../../../core/approval/condition.ts';

it.each<[string, object]>([
  ['0 records without /policy_number', { kind: 'no-records-without', pointer: '/policy_number', schema: undefined }],
  ['No record of claim without /a~1b/0', { kind: 'no-records-without', pointer: '/a~1b/0', schema: 'claim' }],
  ['1 records without /policy_number', { kind: 'task' }],
  ['0 records without policy_number', { kind: 'task' }],
  ['0 records without /policy_number, and tell the team', { kind: 'task' }],
  ['tell the team', { kind: 'task' }],
])('%s', (words, kind) => {
  expect(conditionKind(words)).toEqual(kind);
});
