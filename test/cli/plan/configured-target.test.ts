import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configuredTarget } from '../../../cli/plan/configured-target.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-configured-'));
  mkdirSync(join(folder, '.github'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function configure(...targets: string[]): void {
  const lines = targets.map((target, index) => `  target-${index}: ${target}\n`);
  writeFileSync(join(folder, '.github/sluice.yml'), `targets:\n${lines.join('')}`);
}

it('is nothing where there is no configuration, or it does not name the table in that database', async () => {
  expect(await configuredTarget(folder, 'default', 'claims')).toBeUndefined();
  configure('{ table: sales.claims, key: id, document: body }', '{ table: claims, database: b, key: id, document: a }');
  expect(await configuredTarget(folder, 'default', 'claims')).toBeUndefined();
});

it('says whether one column holds the record or the columns are the properties, however the table is named', async () => {
  configure('{ table: claims, key: id, columns: properties }', '{ table: sales.claims, key: no, document: body }');
  for (const table of ['claims', 'public.claims']) {
    const target = await configuredTarget(folder, 'default', table);
    expect(target).toMatchObject({ key: 'id' });
    expect(target?.document).toBeUndefined();
  }
  expect(await configuredTarget(folder, 'default', 'sales.claims')).toMatchObject({ key: 'no', document: 'body' });
});

it('is refused where it says two things, or cannot be read', async () => {
  configure('{ table: claims, key: id, columns: properties }', '{ table: public.claims, key: id, document: extra }');
  await expect(configuredTarget(folder, 'default', 'claims')).rejects.toThrow(
    '.github/sluice.yml says in two ways where the records of `claims` are. Say it by --document or --columns, and --key.',
  );
  configure('{ table: claims }');
  await expect(configuredTarget(folder, 'default', 'claims')).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringContaining('.github/sluice.yml:2') as unknown,
  });
});
