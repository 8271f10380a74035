import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../core/configuration/parse.ts';
import { parsePolicy } from '../../../core/configuration/parse-policy.ts';
import { formatPlace, InputError } from '../../../core/input-error.ts';

function problemsOf(text: string): string[] {
  const parsed = parseConfiguration({ path: 'c', text });
  if ('configuration' in parsed) return [];
  return parsed.problems.map(({ place, problem, remedy }) => `${formatPlace(place).slice(2)} ${problem}. ${remedy}`);
}

describe('approval', () => {
  it('can be a list of rules, or the list beside settings', () => {
    const rule = { name: 'a', require: 1, users: [], teams: [], permission: 'write', author: false };
    expect(parsePolicy('c', 'approval: [{ name: a }]')).toEqual({ rules: [rule] });
    expect(
      parsePolicy('c', 'approval: { rules: [{ name: a }], keep-on-push: false, merge-before-conditions: false }'),
    ).toEqual({ rules: [rule], keepOnPush: false, mergeBeforeConditions: false });
  });

  it('reads conditions and groups', () => {
    const text = `approval:
  - or:
      - { name: a, codeowners: true, committer: true, when: { records-above: 10, only-changes: [type-changed] } }
      - and: [{ name: b, users: [developer] }]
        when: { environment: [production], severity: [major] }
`;
    expect(parsePolicy('c', text)).toMatchObject({
      rules: [
        {
          or: [
            { name: 'a', codeowners: true, committer: true, when: { recordsAbove: 10, onlyChanges: ['type-changed'] } },
            { and: [{ name: 'b' }], when: { environment: ['production'], severity: ['major'] } },
          ],
        },
      ],
    });
  });

  it('is told everything that is wrong with it, with places', () => {
    expect(
      problemsOf(`approval:
  keep-on-pushes: true
  rules:
    - or: []
    - and: [{ name: a, when: {} }]
      users: [developer]
    - { name: b, when: { records-above: -1, severity: [huge], changes: [type-chnged], schemas: [/etc] } }
    - { nam: c }
`),
    ).toMatchInlineSnapshot(`
      [
        "2:3 approval has no setting "keep-on-pushes". Did you mean "keep-on-push"?",
        "4:11 approval.rules[0].or must NOT have fewer than 1 items. Change it.",
        "5:30 approval.rules[1].and[0].when must NOT have fewer than 1 properties. Change it.",
        "6:7 approval.rules[1] has no setting "users". It has: and, when.",
        "7:41 approval.rules[2].when.records-above must be >= 0. Change it.",
        "7:56 approval.rules[2].when.severity[0] is none of the words it can be. Write one of patch, minor, major.",
        "7:73 approval.rules[2].when.changes[0] is none of the words it can be. Did you mean type-changed?",
        "8:7 approval.rules[3] lacks "name". Add it.",
        "8:9 approval.rules[3] has no setting "nam". Did you mean "name"?",
      ]
    `);
    expect(problemsOf('approval: 1')).toMatchInlineSnapshot(`
      [
        "1:11 approval must be a list. Write it so.",
      ]
    `);
    expect(
      problemsOf(`approval:
  - or:
      - { name: a, users: [developer], require: 2, when: { schemas: [../x] } }
      - and: [{ name: a }]
`),
    ).toMatchInlineSnapshot(`
      [
        "3:27 The rule "a" asks for 2 people and names 1. Name more people or ask for fewer.",
        "3:70 The glob "../x" does not describe paths of the repository. Write a path relative to the root of the repository, such as schemas/**/*.json.",
        "4:23 Two approval rules have the name "a". Give each its own name.",
      ]
    `);
  });

  it('cannot be a floor without saying anything', () => {
    expect(() => parsePolicy('floor.yml', 'fail-on: never')).toThrow(InputError);
    expect(() => parsePolicy('floor.yml', '')).toThrow('says nothing of approvals');
    expect(() => parsePolicy('floor.yml', 'approval: [{ name: a, requires: 2 }, {}]')).toThrow(
      /requires.*lacks "name"/s,
    );
  });

  it('survives deep nesting', () => {
    const deep = `${'{ or: ['.repeat(60)}{ name: a }${'] }'.repeat(60)}`;
    expect(problemsOf(`approval: [${deep}]`)).toHaveLength(1);
  });
});
