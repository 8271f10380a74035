import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../core/configuration/parse.ts';
import { prepareRehearsal } from '../../../core/impact/rehearse.ts';
import { rehearsalLine } from '../../../core/rendering/comment/rehearsal-view.ts';
import type { SchemaReview, Tree } from '../../../core/review/review.ts';
import { reviewPullRequest } from '../../../core/review/review-pull-request.ts';
import { claim280, claim300, claimPath, migration, migrationPath } from '../review/claim-files.ts';

const text = `schemas: [{ files: 'schemas/**/*.json', target: claims }]
targets: { claims: { table: claims, key: id, document: body } }
`;

async function reviewWith(
  migrationText: string | undefined,
  more: Readonly<Record<string, string>> = {},
): Promise<SchemaReview> {
  const tree = (files: Readonly<Record<string, string>>): Tree => ({
    commit: 'c',
    read: async (path) => files[path],
    list: async () => Object.keys(files),
  });
  const parsed = parseConfiguration({ path: 'c', text });
  if ('problems' in parsed) throw new Error('the configuration is broken');
  const added = migrationText === undefined ? {} : { [migrationPath]: migrationText };
  const { schemas } = await reviewPullRequest({
    base: tree({ [claimPath]: claim280 }),
    head: tree({ [claimPath]: claim300, ...added, ...more }),
    changedFiles: [{ path: claimPath, status: 'modified' }],
    configuration: parsed.configuration,
  });
  const [schema] = schemas;
  if (schema === undefined) throw new Error('no schema');
  return schema;
}

async function rehearserFor(migrationText: string | undefined, showValues = false) {
  const prepared = await prepareRehearsal(await reviewWith(migrationText), { showValues });
  if ('reason' in prepared) throw new Error(prepared.reason);
  return prepared.start();
}

describe('a rehearsal', () => {
  it('tries every record, and says what changed without a value', async () => {
    const rehearser = await rehearserFor(migration);
    rehearser.add('1', { claim_id: 'secret', claim_amount: '12.50' });
    rehearser.add('2', { claim_id: 'secret', claim_amount: '13.50' });
    rehearser.add('3', { claim_id: 'secret', policy_number: 'P' });
    rehearser.add('4', { claim_id: 'secret', policy_number: 'P', claim_amount: '1' });
    const result = rehearser.result({ complete: true, elapsed: 10 });
    expect(result).toMatchObject({ tried: 4, succeeded: 4, failures: [], invalidBefore: 0, rate: 400 });
    // The third stays as it is, and the second changes as the first does.
    expect(result.examples).toEqual([
      {
        key: '1',
        differences: [
          { at: '/claim_amount', before: 'string', after: 'number' },
          { at: '/policy_number', before: undefined, after: 'string' },
        ],
      },
      { key: '4', differences: [{ at: '/claim_amount', before: 'string', after: 'number' }] },
    ]);
    expect(JSON.stringify(result)).not.toContain('secret');
    expect(rehearsalLine(result)).toBe('4 of 4 records, all there are, converted and valid.');
  });

  it('says which records fail, by an operation or by the new version, and whether they were valid before', async () => {
    const rehearser = await rehearserFor(migration);
    rehearser.add('1', { claim_id: 'secret', claim_amount: 'much', policy_number: 'P' });
    rehearser.add('2', { claim_id: 'secret', claim_amount: '1', policy_number: 7 });
    rehearser.add('3', { claim_id: 'secret', claim_amount: '1' });
    const result = rehearser.result({ complete: true });
    expect(result).toMatchObject({ tried: 3, succeeded: 1, invalidBefore: 2 });
    expect(result.failures).toMatchInlineSnapshot(`
      [
        {
          "key": "1",
          "violations": [
            {
              "at": "/claim_amount",
              "message": "is of type string, but not a decimal number as text",
            },
          ],
        },
        {
          "key": "2",
          "violations": [
            {
              "at": "/policy_number",
              "message": "must be string",
            },
          ],
        },
      ]
    `);
    expect(rehearsalLine(result)).toMatchInlineSnapshot(
      `"1 of 3 records, all there are, converted and valid (2 of the others were invalid before)."`,
    );
  });

  it('shows records only when values may be shown', async () => {
    const rehearser = await rehearserFor(migration, true);
    rehearser.add('1', { claim_id: 'c', claim_amount: '12.50', policy_number: 'P' });
    rehearser.add('2', { claim_id: 'c', claim_amount: 'much' });
    expect(rehearser.result({ complete: true })).toMatchObject({
      examples: [{ before: { claim_amount: '12.50' }, after: { claim_amount: 12.5 } }],
      failures: [{ record: { claim_amount: 'much' } }],
    });
  });

  it('speaks for the whole table when its records were drawn at random', async () => {
    const rehearser = await rehearserFor(migration);
    for (let n = 0; n < 1_000; n++) {
      rehearser.add(`${n}`, { claim_id: 'c', claim_amount: n < 2 ? 'much' : '1' }, `${Math.floor(n / 5)}`);
    }
    const sampled = rehearser.result({ complete: false, sampled: true, population: 2_000_000, elapsed: 100 });
    expect(rehearsalLine(sampled)).toMatchInlineSnapshot(
      `"998 of 1,000 sampled records converted and valid (2 of the others were invalid before), so 98.87 % to 99.97 % of all (95 %); about 3 min for all at 10,000 records a second, an estimate without the writing."`,
    );
    expect(rehearsalLine({ ...sampled, succeeded: 1_000, invalidBefore: 0 })).toMatchInlineSnapshot(
      `"1,000 of 1,000 sampled records converted and valid, so at least 99.39 % of all (95 %); about 3 min for all at 10,000 records a second, an estimate without the writing."`,
    );
    const first = rehearser.result({ complete: false, population: 2_000_000, stopped: 'time' });
    expect(rehearsalLine(first)).toMatchInlineSnapshot(
      `"998 of the first 1,000 records until the time limit converted and valid (2 of the others were invalid before)."`,
    );
  });

  it('begins anew when asked to', async () => {
    const prepared = await prepareRehearsal(await reviewWith(migration), { showValues: false });
    if ('reason' in prepared) throw new Error(prepared.reason);
    prepared.start().add('1', {});
    expect(prepared.start().result({ complete: true })).toMatchObject({ tried: 0 });
  });

  it('is not held of what only the runner runs, and not without a migration', async () => {
    const reasonOf = async (migrationText: string | undefined) => {
      const prepared = await prepareRehearsal(await reviewWith(migrationText), { showValues: false });
      return 'reason' in prepared ? prepared.reason : undefined;
    };
    expect(await reasonOf(undefined)).toBe('there is no migration to try');
    const withScript = 'from: 2.8.0\nto: 3.0.0\nscript: { file: 3.0.0.ts }\n';
    const script = {
      'migrations/insurance-claim/3.0.0.ts': 'export function transformRecord(record) { return record; }',
    };
    const prepared = await prepareRehearsal(await reviewWith(withScript, script), { showValues: false });
    expect('reason' in prepared ? prepared.reason : undefined).toMatch(/only the runner runs.*`\/sluice rehearse`/);
  });

  it('has the database compute what SQL expressions say, and judges what it gives', async () => {
    const withSql = `from: 2.8.0
to: 3.0.0
transform:
  - cast: { at: /claim_amount, from: string, to: number }
  - set: { at: /policy_number, sql: "'P' || (record->>'claim_id')" }
`;
    const prepared = await prepareRehearsal(await reviewWith(withSql), { showValues: false });
    if ('reason' in prepared) throw new Error(prepared.reason);
    expect(prepared.toSql?.('body')).toContain(`'P' || (record->>'claim_id')`);
    const rehearser = prepared.start();
    rehearser.add('1', { claim_id: 'c', claim_amount: '1' }, undefined, {
      record: { claim_id: 'c', claim_amount: 1, policy_number: 'Pc' },
    });
    rehearser.add('2', { claim_id: 'c', claim_amount: '1' }, undefined, { record: { claim_id: 'c', claim_amount: 1 } });
    rehearser.add('3', { claim_id: 'c', claim_amount: 'much' }, undefined, { record: undefined });
    rehearser.add('4', { claim_id: 'c' }, undefined, { record: undefined });
    rehearser.add('5', { claim_id: 'c' }, undefined, { problem: 'the SQL expression raises an error (22012)' });
    const result = rehearser.result({ complete: true });
    expect(result).toMatchObject({ tried: 5, succeeded: 1 });
    expect(result.failures.map(({ key, violations: [first] }) => `${key} ${first?.at} ${first?.message}`)).toEqual([
      `2  must have required property 'policy_number'`,
      '3 /claim_amount is of type string, but not a decimal number as text',
      '4 /policy_number gets no value from its SQL expression, or none that a later operation takes',
      '5  the SQL expression raises an error (22012)',
    ]);
  });
});
