import { expect, it } from 'vitest';
import { parseMigration } from '../../../core/migration/parse-migration.ts';
import { describeOptions } from '../../../core/migration/run-options.ts';

function parse(options: string) {
  const text = `from: '1'\nto: '2'\ntransform: [{ remove: { at: /a } }]\n${options}`;
  return parseMigration({ path: 'migrations/claim/2.yml', text });
}

function optionsOf(options: string) {
  const parsed = parse(options);
  return 'migration' in parsed ? parsed.migration.options : parsed.problems.map(({ problem }) => problem);
}

it.each([
  ['invalid: stop', { action: 'stop' }],
  ['invalid: keep', { action: 'keep' }],
  ['invalid: quarantine 100', { action: 'quarantine', most: 100, unit: 'records' }],
  ['invalid: quarantine 0.5 %', { action: 'quarantine', most: 0.5, unit: 'percent' }],
  ['invalid: quarantine 100%', { action: 'quarantine', most: 100, unit: 'percent' }],
])('reads %s', (text, invalid) => {
  expect(optionsOf(text)).toEqual({ invalid, backup: 'old-table', dryRun: false });
});

it.each(['quarantine', 'quarantine 0', 'quarantine 101 %', 'quarantine 0.5', 'skip', 'Keep'])(
  'refuses invalid: %s',
  (text) => {
    expect(optionsOf(`invalid: ${text}`)).toEqual(['invalid is not written as it should be']);
  },
);

it('reads backup and dryRun, and has none where the file says nothing of them', () => {
  expect(optionsOf('backup: csv\ndryRun: true')).toEqual({ invalid: { action: 'stop' }, backup: 'csv', dryRun: true });
  expect(optionsOf('backup: tape')).toEqual(['backup is none of the possible values']);
  expect(optionsOf('batch: 5')).toBeUndefined();
});

it('says in words what is not as by default', () => {
  expect(
    describeOptions({
      invalid: { action: 'quarantine', most: 0.5, unit: 'percent' },
      backup: 'none',
      dryRun: true,
    }),
  ).toMatchInlineSnapshot(`
    [
      "records that are not valid are set aside, up to 0.5 % of all",
      "no backup: the old table is dropped at the cutover, there is no way back",
      "the first run is a rehearsal: everything but the swap",
    ]
  `);
  expect(describeOptions({ invalid: { action: 'stop' }, backup: 'old-table', dryRun: false })).toEqual([]);
});
