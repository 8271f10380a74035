import { expect, it } from 'vitest';
import { correctMembers, type WrongMember } from '../../../core/review/correct-members.ts';

const path = 'migrations/claim/3.0.0.yml';
const from = { member: 'from', written: '2.7.0', right: '2.8.0' } as const;
const to = { member: 'to', written: '4.0.0', right: '3.0.0' } as const;

it('corrects one line, and leaves what else stands there', () => {
  const text = '# moves 2.7.0\nfrom: 2.7.0 # as it was\nto: 3.0.0\ntransform: []\n';
  expect(correctMembers({ path, text }, [from])).toEqual({
    firstLine: 2,
    lastLine: 2,
    text: 'from: 2.8.0 # as it was',
  });
});

it('corrects neighbouring lines at once', () => {
  const text = 'from: "2.7.0"\nto: 4.0.0\ntransform: []\n';
  expect(correctMembers({ path, text }, [from, to])).toEqual({
    firstLine: 1,
    lastLine: 2,
    text: 'from: "2.8.0"\nto: 3.0.0',
  });
});

it('corrects JSON as well, on one line too', () => {
  const json = { path: 'migrations/claim/3.0.0.json', text: '{ "from": "2.7.0", "to": "4.0.0", "transform": [] }\n' };
  expect(correctMembers(json, [from, to])).toEqual({
    firstLine: 1,
    lastLine: 1,
    text: '{ "from": "2.8.0", "to": "3.0.0", "transform": [] }',
  });
});

it.each<[string, string, ...WrongMember[]]>([
  ['the value stands behind an alias', 'x: &v 2.7.0\nfrom: *v\nto: 3.0.0\n'],
  ['the value is no text afterwards', 'from: 2.7.0\nto: 3.0.0\n', { ...from, right: '2.8' }],
  ['another mention comes later on the line', 'from: 2.7.0 # not 2.7.0\nto: 3.0.0\n'],
  ['the member is not there', 'to: 3.0.0\n'],
  ['the file cannot be read', 'from: [2.7.0\n'],
  ['the members are far apart', `from: 2.7.0\n${'# much\n'.repeat(20)}to: 4.0.0\n`, from, to],
])('corrects nothing where %s', (_, text, ...wrong) => {
  expect(correctMembers({ path, text }, wrong.length === 0 ? [from] : wrong)).toBeUndefined();
});
