import { describe, expect, it } from 'vitest';
import { subjectsOf } from '../../../core/approval/subject.ts';
import type { Configuration } from '../../../core/configuration/configuration.ts';
import { parseConfiguration } from '../../../core/configuration/parse.ts';
import type { Impact } from '../../../core/impact/impact.ts';
import type { Review, Tree } from '../../../core/review/review.ts';
import { reviewPullRequest } from '../../../core/review/review-pull-request.ts';

const path = 'schemas/claim.json';
const claim = (version: string, amount: string): string =>
  JSON.stringify({ version, type: 'object', additionalProperties: false, properties: { amount: { type: amount } } });
const migration =
  'schema: claim\nfrom: 1.0.0\nto: 2.0.0\ntransform:\n  - cast: { at: /amount, from: string, to: number }\n';
const targets = 'targets: { claims: { table: claims, key: id, document: body, environment: production } }';

function configured(text: string): Configuration {
  const parsed = parseConfiguration({ path: 'sluice.yml', text });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.configuration;
}

const withTarget = configured(`schemas: [{ files: schemas/*.json, target: claims }]\n${targets}\n`);
const withoutTarget = configured('schemas: [{ files: schemas/*.json }]\n');

const tree = (files: Record<string, string>): Tree => ({
  commit: 'c',
  read: (name) => Promise.resolve(files[name]),
  list: () => Promise.resolve(Object.keys(files)),
});

async function subject(head: Record<string, string>, configuration = withTarget, impact?: Impact) {
  const base = { [path]: claim('1.0.0', 'string') };
  const changedFiles = [...new Set([...Object.keys(base), ...Object.keys(head)])].map((name) => ({
    path: name,
    status: name in base ? (name in head ? ('modified' as const) : ('removed' as const)) : ('added' as const),
  }));
  const review: Review = await reviewPullRequest({ base: tree(base), head: tree(head), changedFiles, configuration });
  return subjectsOf(review, configuration, impact && new Map([[path, impact]]));
}

const breaking = { [path]: claim('2.0.0', 'number') };
const migrated = { ...breaking, 'migrations/claim/2.0.0.yml': migration };
const counted = (complete: boolean): Impact => ({
  status: 'counted',
  scanned: 100,
  complete,
  failing: 7,
  invalidBefore: 0,
  byChange: new Map(),
  samples: [],
});

describe('what a policy is told of a change', () => {
  it('is what breaks, the step of the version, where the records are, and what the migration loses', async () => {
    expect(await subject(migrated)).toMatchObject([
      { path, verdict: 'breaking', changes: ['type-changed'], severity: 'major', environment: 'production' },
    ]);
    expect((await subject(migrated))[0]?.lossy).toBeTypeOf('boolean');
  });

  it('leaves open what is not known', async () => {
    expect(await subject(breaking)).toMatchObject([{ lossy: undefined, records: undefined }]);
    expect(await subject(migrated, withTarget, { status: 'unknown', reason: 'no database' })).toMatchObject([
      { records: undefined },
    ]);
    expect(await subject(migrated, withTarget, counted(false))).toMatchObject([{ records: undefined }]);
  });

  it('counts all records where a migration rewrites them, else those that break', async () => {
    expect(await subject(migrated, withTarget, counted(true))).toMatchObject([{ records: 100 }]);
    expect(await subject(breaking, withTarget, counted(true))).toMatchObject([{ records: 7 }]);
  });

  it('knows that without a target there are no records', async () => {
    expect(await subject(breaking, withoutTarget)).toMatchObject([{ records: 0, environment: null }]);
  });

  it('calls the end of a schema a change', async () => {
    expect(await subject({})).toMatchObject([{ changes: ['schema-removed'] }]);
  });

  it('is nothing for what needs no approval', async () => {
    const harmless = JSON.parse(claim('1.0.1', 'string')) as object;
    expect(await subject({ [path]: JSON.stringify({ ...harmless, title: 'A claim' }) })).toEqual([]);
  });
});
