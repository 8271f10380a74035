import { beforeAll, describe, expect, it } from 'vitest';
import { ConversionError } from '../../../core/migration/conversion-error.ts';
import { invertTransform } from '../../../core/migration/inverse.ts';
import { parseMigration } from '../../../core/migration/parse-migration.ts';
import { proveMigration } from '../../../core/migration/prove.ts';
import { readMigration } from '../../../core/migration/read-migration.ts';
import { applyTransform, transformToSql } from '../../../core/migration/transform.ts';
import { newClaim, oldClaim } from './insurance-claim.ts';
import { type Sql, startSql } from './postgres.ts';

const path = 'migrations/insurance-claim/3.0.0.yml';
const head = 'from: 2.8.0\nto: 3.0.0\n';
const script = 'export async function transformRecord(record: { a: string }) {\n  return record;\n}\n';

async function read(text: string, files: { readonly [path: string]: string } = {}) {
  const result = await readMigration({ path, text: head + text }, (file) =>
    Promise.resolve(Object.hasOwn(files, file) ? files[file] : undefined),
  );
  return 'migration' in result ? result.migration : result.problems.map(({ problem }) => problem);
}

async function transformOf(...operations: string[]) {
  const migration = await read(`transform:\n${operations.map((operation) => `  - ${operation}\n`).join('')}`);
  if ('length' in migration) throw new Error(migration.join());
  return migration.transform;
}

describe('an SQL expression in a migration', () => {
  let sql: Sql;
  beforeAll(async () => {
    sql = await startSql();
  });

  it('computes a member in the database, to the last digit', async () => {
    const transform = await transformOf(
      `set: { at: /net, sql: "(record ->> 'gross')::numeric * 0.5" }`,
      `default: { at: /name, sql: "record ->> 'first' || ' ' || (record ->> 'last')" }`,
    );
    expect(
      await sql.evaluate(transformToSql(transform, 'document'), [
        '{"gross": "18014398509481986.20", "first": "A", "last": "B"}',
        '{"gross": "3", "name": "C"}',
        '{"gross": "3"}',
        '{"name": "C"}',
        '7',
      ]),
    ).toEqual([
      '{"net": 9007199254740993.100, "last": "B", "name": "A B", "first": "A", "gross": "18014398509481986.20"}',
      '{"net": 1.5, "name": "C", "gross": "3"}',
      undefined,
      undefined,
      '7',
    ]);
  });

  it('sees the record as the operation before it left it, and nothing else', async () => {
    const transform = await transformOf(
      'rename: { at: /a, to: b }',
      `when: { at: /b, is: 1, do: [{ set: { at: /c, sql: "record -> 'b'" } }] }`,
    );
    expect(await sql.evaluate(transformToSql(transform, 'document'), ['{"a": 1}', '{"a": 2}'])).toEqual([
      '{"b": 1, "c": 1}',
      '{"b": 2}',
    ]);
  });

  it('makes NULL of NULL', async () => {
    const transform = await transformOf(`set: { at: /a, sql: "coalesce(record -> 'a', '1'::jsonb)" }`);
    expect(await sql.evaluate(transformToSql(transform, 'NULL::jsonb'), ['1'])).toEqual([undefined]);
  });

  it('has no answer in JavaScript, where it would be asked for one', async () => {
    const transform = await transformOf(`default: { at: /a, sql: "record -> 'b'" }`);
    expect(applyTransform(transform, { a: 1 })).toEqual({ a: 1 });
    expect(() => applyTransform(transform, { b: 1 })).toThrow(ConversionError);
    expect(invertTransform(transform).losses).toEqual(['which records lacked a']);
  });

  it('is never proved and never refuted', async () => {
    const migration = await read(`transform:\n  - set: { at: /policy_number, sql: "record -> 'claim_id'" }\n`);
    if ('length' in migration) throw new Error(migration.join());
    expect(proveMigration({ migration, old: oldClaim, new: newClaim, formatAssertion: true })).toMatchObject({
      result: 'unproved',
      reason: expect.stringContaining('the database computes it'),
    });
  });

  it.each([
    `set: { at: /a, sql: "(SELECT usename FROM pg_user)" }`,
    `default: { at: /a, sql: "now()" }`,
    `when: { at: /a, is: 1, do: [{ set: { at: /a, sql: "1); DROP TABLE x; --" } }] }`,
    `set: { at: /a, "s\\x71l": "now()" }`,
  ])('is checked wherever it stands: %s', async (operation) => {
    expect(await read(`transform:\n  - ${operation}\n`)).toHaveLength(1);
  });

  it('cannot be read without the parser', () => {
    const text = `${head}transform:\n  - set: { at: /a, sql: "1 + 1" }\n`;
    expect(() => parseMigration({ path, text })).toThrow('readMigration');
  });
});

describe('a script of a migration', () => {
  const at = 'migrations/insurance-claim/3.0.0.ts';

  it('is read from beside the migration file, with its limits', async () => {
    expect(await read('script: { file: 3.0.0.ts }', { [at]: script })).toMatchObject({
      transform: [],
      script: { path: at, text: script, hosts: [], timeout: 1000, memory: 128 },
    });
    expect(
      await read('transform: []\nscript: { file: 3.0.0.ts, hosts: [api.example.com], timeout: 50, memory: 64 }', {
        [at]: script,
      }),
    ).toMatchObject({ script: { hosts: ['api.example.com'], timeout: 50, memory: 64 } });
  });

  it.each([
    ['script: { file: 3.0.0.ts }', {}, 'There is no `migrations/insurance-claim/3.0.0.ts`'],
    ['script: { file: 3.0.0.ts }', { [at]: 'export const x = 1;' }, 'The script exports no `transformRecord`'],
    ['script: { file: 3.0.0.ts }', { [at]: `${script}${'/'.repeat(200_000)}` }, 'The script has more than'],
    ['script: { file: 3.0.0.ts }', { [at]: `${script}\0` }, 'The script has a character that cannot be stored'],
    ['script: { file: ../x.ts }', {}, 'file is not written as it should be'],
    ['script: { file: /etc/passwd }', {}, 'file is not written as it should be'],
    ['script: { file: 3.0.0.ts, hosts: ["https://x.example"] }', {}, 'hosts/0 is not written as it should be'],
    ['script: { file: 3.0.0.ts, hosts: ["*.example.com"] }', {}, 'hosts/0 is not written as it should be'],
    ['script: { file: 3.0.0.ts, hosts: [localhost] }', {}, 'hosts/0 is not written as it should be'],
    ['script: { file: 3.0.0.ts, hosts: [10.0.0.1] }', {}, 'hosts/0 is not written as it should be'],
    ['script: 3.0.0.ts', {}, 'script must be an object'],
    ['batch: 5', {}, '`transform` is missing'],
  ])('is refused: %s', async (text, files, problem) => {
    expect(await read(text, files)).toEqual([expect.stringContaining(problem)]);
  });

  it('cannot be proved, whatever the operations beside it do', async () => {
    const migration = await read('script: { file: 3.0.0.ts }', { [at]: script });
    if ('length' in migration) throw new Error(migration.join());
    expect(proveMigration({ migration, old: oldClaim, new: oldClaim, formatAssertion: true }).result).toBe('unproved');
    expect(proveMigration({ migration, old: oldClaim, new: newClaim, formatAssertion: true }).result).toBe('unproved');
  });
});
