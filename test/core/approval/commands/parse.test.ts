import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForSluice, openTasks, parseCommand } from '../../../../core/approval/commands/parse.ts';

describe('a command', () => {
  it.each<[string, object]>([
    ['/sluice approve', { verb: 'approve', conditions: [] }],
    ['/sluice   approve  ', { verb: 'approve', conditions: [] }],
    ['/sluice approve\r\nsince it is fine', { verb: 'approve', conditions: [] }],
    [
      '/sluice approve if 0 records without /policy_number',
      { verb: 'approve', conditions: ['0 records without /policy_number'] },
    ],
    [
      '/sluice approve if window nightly; tell the claims team;',
      { verb: 'approve', conditions: ['window nightly', 'tell the claims team'] },
    ],
    ['/sluice approve if\n\n- [ ] one\n- [x] done\n* [ ] two', { verb: 'approve', conditions: ['one', 'two'] }],
    ['/sluice reject', { verb: 'reject', reason: '' }],
    ['/sluice reject 15 services read it', { verb: 'reject', reason: '15 services read it' }],
    ['/sluice conditions', { verb: 'conditions' }],
    ['/sluice conditions tick 2', { verb: 'conditions', tick: 2 }],
    ['/sluice plan', { verb: 'plan' }],
    ['/sluice', { verb: 'help' }],
    ['/sluice help', { verb: 'help' }],
    ['/sluice pause', { verb: 'pause' }],
    ['/sluice rollback abcdefgh23', { verb: 'rollback', run: 'abcdefgh23' }],
    ['/sluice retry', { verb: 'retry' }],
  ])('%j is read', (body, command) => {
    expect(parseCommand(body)).toEqual(command);
  });

  it.each([
    '/sluice approve please',
    '/sluice approve if',
    '/sluice approve if ;',
    '/sluice approve if\n> - [ ] quoted\n```\n- [ ] code\n```',
    `/sluice approve if ${'a;'.repeat(21)}`,
    `/sluice approve if ${'a'.repeat(301)}`,
    '/sluice Approve',
    '/sluice аpprove',
    '/sluice conditions tick',
    '/sluice conditions tick 0',
    '/sluice conditions tick 1 2',
    '/sluice conditions untick 1',
    '/sluice pause everything now',
    '/sluice cancel ../x',
    '/sluice plan b',
    '/sluice deploy',
  ])('%j is refused, with a reason', (body) => {
    expect(parseCommand(body)).toMatchObject({ verb: 'unknown', problem: expect.stringMatching(/^[A-Z`].+/) });
  });

  it.each([
    '',
    'I would /sluice approve',
    ' /sluice approve',
    '    /sluice approve',
    '\t/sluice approve',
    '> /sluice approve',
    '`/sluice approve`',
    '```\n/sluice approve\n```',
    '- /sluice approve',
    'Yes.\n/sluice approve',
    '\n/sluice approve',
    '/sluiceapprove',
    '/sluice-approve',
    '/SLUICE approve',
    '\u200b/sluice approve',
    '\u202e/sluice approve',
    '<!-- -->/sluice approve',
  ])('%j is none', (body) => {
    expect(parseCommand(body)).toBeUndefined();
    expect(isForSluice(body)).toBe(false);
  });

  it('is never made of anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseCommand(text) === undefined || text.startsWith('/sluice')).toBe(true);
      }),
    );
  });
});

it('reads tasks outside of quotes and code only', () => {
  const body =
    '- [ ] one\n  - [ ] two\n> - [ ] three\n~~~~\n- [ ] four\n~~~\n- [ ] five\n~~~~\n+ [ ] six\n- [X] seven\n- [ ]eight\n    - [ ] nine';
  expect(openTasks(body)).toEqual(['one', 'two', 'six']);
});
