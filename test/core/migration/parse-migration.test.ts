import { describe, expect, it } from 'vitest';
import { operationKinds } from '../../../core/migration/operations/index.ts';
import { parseMigration } from '../../../core/migration/parse-migration.ts';
import { placeholder } from '../../../core/migration/placeholder.ts';

const path = 'migrations/insurance-claim/3.0.0.yml';
const good = `from: 2.8.0
to: 3.0.0
transform:
  - cast: { at: /claim_amount, to: number }
  - default: { at: /policy_number, value: UNASSIGNED }
batch: 5000
`;

function migrationOf(text: string, at = path) {
  const result = parseMigration({ path: at, text });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.migration;
}

/** `line:column problem` of each. */
function problemsOf(text: string, at = path): string[] {
  const result = parseMigration({ path: at, text });
  if ('migration' in result) return [];
  for (const { remedy } of result.problems) expect(remedy).toMatch(/\S/);
  return result.problems.map(({ place, problem }) => `${place.line}:${place.column} ${problem}`);
}

describe('parseMigration', () => {
  it('reads what a migration file says', () => {
    const { transform, ...rest } = migrationOf(good);
    expect(rest).toEqual({ path, schema: 'insurance-claim', from: '2.8.0', to: '3.0.0', batch: 5000 });
    expect(transform.map(({ source }) => source)).toEqual([
      { cast: { at: '/claim_amount', to: 'number' } },
      { default: { at: '/policy_number', value: 'UNASSIGNED' } },
    ]);
    expect(transform.map(({ summary }) => summary)).toEqual([
      'cast claim_amount to number',
      'default policy_number to "UNASSIGNED"',
    ]);
  });

  it('reads JSON too', () => {
    const text = '{"from":"2.8.0","to":"3.0.0","transform":[{"remove":{"at":"/a~1b"}}]}';
    expect(migrationOf(text, path.replace('.yml', '.json')).transform[0]?.summary).toBe('remove a/b');
  });

  it('reads every operation back from its source', () => {
    const args: { [name: string]: string } = {
      case: '{ at: /a, to: upper }',
      cast: '{ at: /a, from: integer, to: string }',
      'date-time-to-date': '{ at: /a, time: "12:00:00+01:00" }',
      'date-to-date-time': '{ at: /a }',
      default: '{ at: /a/b, value: { c: [null, 1.5] } }',
      flatten: '{ at: /a, members: [b, c] }',
      join: '{ at: /a, on: ", " }',
      'list-to-single': '{ at: /a, take: last, empty: null }',
      map: '{ at: /a, values: [[A, b], [null, 0]], otherwise: { value: [] } }',
      move: '{ at: /a, to: /b/c }',
      nest: '{ at: /a, members: [b, c] }',
      'number-to-text': '{ at: /a, decimal: ",", group: . }',
      remove: '{ at: /a }',
      rename: '{ at: /a, to: b/c }',
      round: '{ at: /a, digits: 2 }',
      set: '{ at: /a, value: null }',
      'shift-decimals': '{ at: /a, by: -2 }',
      'single-to-list': '{ at: /a }',
      split: '{ at: /a, on: ";" }',
      'text-to-number': '{ at: /a, group: " " }',
      unwrap: '{ at: /a, as: b }',
      when: '{ at: /a, is: null, do: [{ remove: { at: /b } }, { when: { at: /c, is: 1, do: [{ set: { at: /d, value: 2 } }] } }] }',
      wrap: '{ at: /a }',
    };
    expect(Object.keys(args)).toEqual(operationKinds.map(({ name }) => name));
    for (const [name, given] of Object.entries(args)) {
      const [operation] = migrationOf(
        `from: '1'\nto: '2'\nschema: s\ntransform: [{ ${name}: ${given} }]`,
        'm.yml',
      ).transform;
      const again = JSON.stringify({ schema: 's', from: '1', to: '2', transform: [operation?.source] });
      expect(migrationOf(again, 'm.json').transform[0]?.source).toEqual(operation?.source);
      expect(operation?.name).toBe(name);
    }
  });

  it('takes the name of the schema from the file where the folder does not say it', () => {
    expect(migrationOf(`schema: claim\n${good}`, 'claim-3.yml').schema).toBe('claim');
    expect(problemsOf(good, 'claim-3.yml')).toEqual(['1:1 It does not say whose records it migrates']);
  });

  it('reports all problems at once, each with its place', () => {
    const text = `from: 2.8
to: 4.0.0
schema: other
tranform: []
transform:
  - cats: { at: /claim_amount, to: number }
  - cast: { at: claim_amount, to: money, form: string }
  - cast: { at: /claim_amount, from: boolean, to: number }
  - rename: { at: /a/b, to: b }
  - default:
      at: /policy_number
      value: '${placeholder('policy_number')}'
  - default: { at: /n, value: 12345678901234567890 }
  - set: { at: "/nul\\0", value: x }
  - remove: { at: "" }
batch: 0
`;
    expect(problemsOf(text)).toMatchSnapshot();
  });

  it('names the known operations when one is unknown', () => {
    const result = parseMigration({ path, text: good.replace('cast:', 'convert:') });
    expect(result).toEqual({
      problems: [
        {
          place: { path, line: 4, column: 14 },
          problem: 'There is no operation `convert`',
          remedy:
            'The operations are: case, cast, date-time-to-date, date-to-date-time, default, flatten, join, list-to-single, map, move, nest, number-to-text, remove, rename, round, set, shift-decimals, single-to-list, split, text-to-number, unwrap, when, wrap',
        },
      ],
    });
  });

  it.each([
    ['default: { at: /a, from: /b, value: 1 }', 'It needs either `value`, `from` or `sql`'],
    ['set: { at: /a, from: /b, value: 1 }', 'It needs either `value`, `from` or `sql`'],
    ['nest: { at: /a, members: [b, a] }', 'The object itself is among its members'],
    ['nest: { at: /a, members: [b, b] }', 'members'],
    ['text-to-number: { at: /a, decimal: ".", group: "." }', 'Both marks are the same'],
    ['shift-decimals: { at: /a, by: 0 }', 'It shifts by nothing'],
    ['default: { at: /a }', 'It needs either `value`, `from` or `sql`'],
    ['when: { at: /a, is: 1, do: [{ split: { at: /a, on: -- } }] }', 'The separator begins as it ends'],
    ['when: { at: /a, is: 1, do: [{ when: { at: /a, is: 1, do: [{ x: 1 }] } }] }', 'There is no operation `x`'],
    ['split: { at: /a, on: -- }', 'The separator begins as it ends'],
    ['move: { at: /a, to: /a/b }', 'One of the two places lies inside the other'],
    ['map: { at: /a, values: [[1, 2], [1, 3]] }', 'This value is listed twice'],
  ])('refuses what an operation cannot mean: %s', (operation, problem) => {
    expect(problemsOf(`schema: s\nfrom: a\nto: b\ntransform: [{ ${operation} }]`, 'm.yml')).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it('says what is missing', () => {
    expect(problemsOf('transform: []')).toEqual(['1:1 `from` is missing', '1:1 `to` is missing']);
    expect(problemsOf('')).toEqual(['1:1 This must be an object']);
  });

  it.each([
    ['YAML', 'from: [', path],
    ['JSON', '{"from": ', path.replace('.yml', '.json')],
  ])('says where broken %s is broken', (kind, text, at) => {
    expect(problemsOf(text, at)).toEqual([expect.stringMatching(new RegExp(`^1:\\d+ This is not ${kind}: `))]);
  });

  it('refuses to grow a small file into a large one', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`;
    expect(problemsOf(bomb)).toEqual(['undefined:undefined The aliases of this file expand to too much']);
  });

  it('is not misled by names that every object has', () => {
    expect(problemsOf(good.replace('cast:', 'constructor:'))).toEqual(['4:18 There is no operation `constructor`']);
    expect(problemsOf(good.replace('cast:', '__proto__:'))).toEqual(['4:16 There is no operation `__proto__`']);
  });
});
