import { describe, expect, it } from 'vitest';
import type { SchemaSet, Target } from '../../../core/configuration/configuration.ts';
import type { SchemaReview } from '../../../core/review/review.ts';
import { reviewPullRequest } from '../../../core/review/review-pull-request.ts';
import { reviewSchema } from '../../../core/review/review-schema.ts';
import { claim280, claim300, claimPath, migration, migrationPath } from './claim-files.ts';
import { changesBetween, type Files, treeOf } from './map-tree.ts';

const set: SchemaSet = { files: 'schemas/**', compatibility: 'BACKWARD', formatAssertion: false, target: 'claims' };
const target: Target = { name: 'claims', database: 'default', table: 'claims', key: 'id', document: 'claim' };
const configuration = {
  schemas: [set],
  targets: new Map([['claims', target]]),
  approval: { rules: [] },
  failOn: 'breaking',
} as const;

async function reviewed(base: Files, head: Files): Promise<SchemaReview> {
  const changedFiles = changesBetween(base, head);
  const { schemas } = await reviewPullRequest({
    base: treeOf('b', base),
    head: treeOf('h', head),
    changedFiles,
    configuration,
  });
  const [schema] = schemas;
  if (!schema) throw new Error('nothing was reviewed');
  return schema;
}

/** A change as a registry keeps it: texts, and nothing that was worked out from them. */
interface StoredChange
  extends Pick<
    SchemaReview,
    'path' | 'previousPath' | 'set' | 'change' | 'oldText' | 'newText' | 'oldFiles' | 'newFiles'
  > {
  readonly target: Target;
  readonly migration: { readonly path: string; readonly text: string } | undefined;
}

function stored(schema: SchemaReview): StoredChange {
  const { path, set, change, oldText, newText, migration } = schema;
  const given = migration.status === 'given' ? { path: migration.path, text: migration.text } : undefined;
  const { previousPath, oldFiles = {}, newFiles = {} } = schema;
  const moved = previousPath === undefined ? {} : { previousPath };
  return { path, ...moved, set, target, change, oldText, newText, oldFiles, newFiles, migration: given };
}

async function recomputed(change: StoredChange): Promise<string | undefined> {
  const before = new Map(Object.entries(change.oldFiles ?? {}));
  const after = new Map(Object.entries(change.newFiles ?? {}));
  if (change.oldText !== undefined) before.set(change.previousPath ?? change.path, change.oldText);
  if (change.newText !== undefined) after.set(change.path, change.newText);
  if (change.migration) after.set(change.migration.path, change.migration.text);
  const { review } = await reviewSchema(
    change,
    { read: async (path) => before.get(path) },
    { read: async (path) => after.get(path) },
  );
  return review?.fingerprint;
}

describe('a fingerprint worked out again from stored texts', () => {
  it('is that of the review', async () => {
    const schema = await reviewed({ [claimPath]: claim280 }, { [claimPath]: claim300, [migrationPath]: migration });
    expect(schema.fingerprint).toBeDefined();
    expect(await recomputed(JSON.parse(JSON.stringify(stored(schema))))).toBe(schema.fingerprint);
  });

  it('is so for schemas of several files, moved and removed ones', async () => {
    const parent = '{"type":"object","version":"1.0.0","properties":{"a":{"$ref":"../parts/a.json"}}}';
    const through = await reviewed(
      { 'schemas/p.json': parent, 'parts/a.json': '{"type":"string"}' },
      { 'schemas/p.json': parent, 'parts/a.json': '{"type":"number"}' },
    );
    expect(through.through).toEqual(['parts/a.json']);
    expect(await recomputed(stored(through))).toBe(through.fingerprint);
    const moved = await reviewed({ [claimPath]: claim280 }, { 'schemas/new/insurance-claim.json': claim300 });
    expect(await recomputed(stored(moved))).toBe(moved.fingerprint);
    const removed = await reviewed({ [claimPath]: claim280 }, {});
    expect(await recomputed(stored(removed))).toBe(removed.fingerprint);
  });

  it('is another one when any text is another', async () => {
    const schema = await reviewed({ [claimPath]: claim280 }, { [claimPath]: claim300, [migrationPath]: migration });
    const change = stored(schema);
    const tampered: StoredChange[] = [
      { ...change, newText: claim300.replace('"number"', '"integer"') },
      { ...change, oldText: claim280.replace('"string"', '"integer"') },
      { ...change, migration: { path: migrationPath, text: migration.replace('UNKNOWN', '') } },
      { ...change, migration: undefined },
      { ...change, newText: '{' },
      { ...change, target: { ...target, table: 'payments' } },
      { ...change, target: { ...target, key: 'other_id' } },
      { ...change, target: { ...target, document: 'other' } },
      { ...change, target: { ...target, database: 'other' } },
    ];
    for (const each of tampered) expect(await recomputed(each)).not.toBe(schema.fingerprint);
  });
});
