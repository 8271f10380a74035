import { expect, it } from 'vitest';
import { reviewSchema } from '../../../core/review/review-schema.ts';
import { claim280, claim300, claimPath, migrationPath } from './claim-files.ts';

const scriptPath = migrationPath.replace('.yml', '.ts');
const migration = 'from: 2.8.0\nto: 3.0.0\nscript: { file: 3.0.0.ts }\n';
const script = 'export const transformRecord = (record: object) => ({ ...record, policy_number: "NONE" });\n';

async function reviewOf(files: { readonly [path: string]: string }) {
  const base = new Map([[claimPath, claim280]]);
  const head = new Map(Object.entries({ [claimPath]: claim300, ...files }));
  const set = { files: claimPath, compatibility: 'BACKWARD' as const, target: 'claims', formatAssertion: false };
  const target = { name: 'claims', database: 'default', table: 'claims', key: 'id', document: 'document' };
  const { review, problems } = await reviewSchema(
    { path: claimPath, set, change: 'modified', target },
    { read: (path) => Promise.resolve(base.get(path)) },
    { read: (path) => Promise.resolve(head.get(path)) },
  );
  return { ...review, problems };
}

it('shows that a script changes the records, and proves nothing of it', async () => {
  const { migration: review, newFiles } = await reviewOf({ [migrationPath]: migration, [scriptPath]: script });
  expect(review).toMatchObject({
    status: 'given',
    hasScript: true,
    hosts: [],
    proof: { result: 'unproved' },
    losses: ['what the script 3.0.0.ts changes'],
    operations: ['run the script 3.0.0.ts, without network'],
  });
  // To whoever runs it: nothing is read from the repository then.
  expect(newFiles).toEqual({ [scriptPath]: script });
});

it('binds an approval to every character of the script, to its limits and to its hosts', async () => {
  const fingerprintOf = async (migrationText: string, scriptText: string) =>
    (await reviewOf({ [migrationPath]: migrationText, [scriptPath]: scriptText })).fingerprint;
  const first = await fingerprintOf(migration, script);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await fingerprintOf(migration, script)).toBe(first);
  const others = await Promise.all([
    fingerprintOf(migration, script.replace('NONE', 'none')),
    fingerprintOf(migration, `${script}// a word\n`),
    fingerprintOf(migration, `${script} `),
    fingerprintOf(migration.replace('.ts }', '.ts, hosts: [api.example.com] }'), script),
    fingerprintOf(migration.replace('.ts }', '.ts, timeout: 2000 }'), script),
    fingerprintOf(migration.replace('.ts }', '.ts, memory: 1024 }'), script),
  ]);
  expect(new Set([first, ...others]).size).toBe(7);
});

it('cannot be used without the script', async () => {
  const { migration: review, problems } = await reviewOf({ [migrationPath]: migration });
  expect(review).toEqual({ status: 'unusable', path: migrationPath });
  expect(problems).toMatchObject([{ problem: `There is no \`${scriptPath}\`` }]);
});
