import { describe, expect, it } from 'vitest';
import { type ParsedConfiguration, parseConfiguration } from '../../../core/configuration/parse.ts';
import { assess } from '../../../core/review/assess.ts';
import { dayOf } from '../../../core/review/expiry.ts';
import type { Review } from '../../../core/review/review.ts';
import { claim280, claim300, claimPath, migration, migrationPath } from './claim-files.ts';
import { changesBetween, type Files, treeOf } from './map-tree.ts';

const path = '.github/sluice.yml';
const base = { [claimPath]: claim280, 'schemas/other.json': '{"type":"string"}' };
const broken = { ...base, [claimPath]: claim300 };
const both = { ...broken, 'schemas/other.json': '{"type":"number"}' };

async function reviewOf(
  head: Files,
  written = '',
  today: string | undefined = '2026-06-01',
  inHead = '',
): Promise<Review> {
  const before = { ...base, ...(written === '' ? {} : { [path]: written }) };
  const after = {
    ...head,
    ...(inHead === '' ? (before[path] === undefined ? {} : { [path]: written }) : { [path]: inHead }),
  };
  const tree = treeOf('b', before);
  const trees = { policy: tree, base: tree, head: treeOf('h', after) };
  const assessed = await assess(trees, changesBetween(before, after), path, { today });
  if (assessed.result !== 'reviewed') throw new Error(JSON.stringify(assessed));
  return assessed.review;
}

const accept = (fingerprint: string | undefined, until = '2026-06-01', more = '') =>
  `${more}accept: [{ fingerprint: ${fingerprint}, reason: nobody reads it, until: ${until} }]\n`;

describe('accept', () => {
  it('lets exactly one change through, and goes on showing it', async () => {
    const first = await reviewOf(both);
    const [claim] = first.schemas;
    expect(first).toMatchObject({ verdict: 'breaking', breakingCount: 3 });
    const review = await reviewOf(both, accept(claim?.fingerprint));
    expect(review.schemas.map(({ name, verdict, acceptance }) => [name, verdict, acceptance?.state])).toEqual([
      ['insurance-claim', 'breaking', 'accepted'],
      ['other', 'breaking', undefined],
    ]);
    expect(review).toMatchObject({ verdict: 'breaking', breakingCount: 1 });
    expect(review.findings).toMatchObject([{ rule: 'accepted-change', waived: 'nobody reads it (until 2026-06-01)' }]);
    expect(review.fingerprint).toBe(
      (await reviewOf({ ...base, 'schemas/other.json': '{"type":"number"}' })).fingerprint,
    );
  });

  it('takes the fingerprint of the whole pull request, too', async () => {
    const review = await reviewOf(both, accept((await reviewOf(both)).fingerprint));
    expect(review).toMatchObject({ verdict: 'compatible', breakingCount: 0, fingerprint: undefined });
    expect(review.schemas.map(({ verdict }) => verdict)).toEqual(['breaking', 'breaking']);
  });

  it('counts for nothing once the change is another', async () => {
    const known = (await reviewOf(broken)).fingerprint;
    const review = await reviewOf({ ...base, [claimPath]: claim300.replace('"number"', '"integer"') }, accept(known));
    expect(review).toMatchObject({ verdict: 'breaking', findings: [] });
    expect(review.fingerprint).toBeDefined();
  });

  it('counts on its last day and not after it, nor when nobody says which day it is', async () => {
    const known = (await reviewOf(broken)).fingerprint;
    expect((await reviewOf(broken, accept(known), '2026-06-01')).verdict).toBe('compatible');
    const later = await reviewOf(broken, accept(known), '2026-06-02');
    expect(later).toMatchObject({ verdict: 'breaking', fingerprint: known });
    expect(later.findings).toMatchObject([
      {
        rule: 'accepted-change',
        severity: 'warning',
        message: 'The change of insurance-claim was accepted until 2026-06-01, and that is over: nobody reads it',
      },
    ]);
    expect(later.findings?.[0]?.waived).toBeUndefined();
    const tree = treeOf('b', { ...base, [path]: accept(known) });
    const unknown = await assess(
      { policy: tree, base: tree, head: treeOf('h', { ...broken, [path]: accept(known) }) },
      changesBetween(base, broken),
    );
    expect(unknown).toMatchObject({ review: { verdict: 'breaking' } });
  });

  it('is never taken from the pull request itself', async () => {
    const known = (await reviewOf(broken)).fingerprint;
    const review = await reviewOf(broken, 'fail-on: breaking\n', '2026-06-01', accept(known));
    expect(review).toMatchObject({ verdict: 'breaking', fingerprint: known });
  });

  it('leaves the approval that a migration needs', async () => {
    const target =
      'schemas: [{ files: "schemas/**", target: c }]\ntargets: { c: { table: t, key: id, document: d } }\n';
    const head = { ...broken, [migrationPath]: migration };
    const known = (await reviewOf(head, target)).fingerprint;
    const review = await reviewOf(head, accept(known, '2026-06-01', target));
    expect(review).toMatchObject({ verdict: 'compatible', fingerprint: known });
  });

  it('needs all of a fingerprint, a reason and a day that there is', () => {
    const problemsOf = (text: string): ParsedConfiguration => parseConfiguration({ path, text });
    const whole = 'a'.repeat(64);
    for (const bad of [
      accept('abc'),
      accept(whole, '2026-02-30'),
      accept(whole, 'soon'),
      `accept: [{ fingerprint: ${whole}, until: 2026-01-01 }]`,
      `accept: [{ fingerprint: ${whole}, reason: long enough }]`,
      `accept: [{ fingerprint: ${whole}, reason: long enough, until: 2026-01-01 }, { fingerprint: ${whole}, reason: long enough, until: 2026-01-01 }]`,
      'waivers: [{ rule: version-bump, files: a, reason: long enough, until: 2026-13-01 }]',
    ]) {
      expect(problemsOf(bad)).toMatchObject({ problems: [{ place: { path, line: 1 } }] });
    }
  });
});

describe('waivers that end', () => {
  const unbumped = { ...base, [claimPath]: claim280.replace('"type": "string"', '"type": ["string", "null"]') };
  const waiver = 'waivers: [{ rule: version-bump, files: "**", reason: before the release, until: 2026-06-01 }]\n';

  it('count until their day, and are named when it is over', async () => {
    expect((await reviewOf(unbumped, waiver)).findings).toMatchObject([
      { rule: 'version-bump', waived: 'before the release (until 2026-06-01)' },
    ]);
    const [finding] = (await reviewOf(unbumped, waiver, '2026-06-02')).findings ?? [];
    expect(finding?.waived).toBeUndefined();
    expect(finding).toMatchObject({
      message: 'Version 2.8.0 is too low for a minor change (its waiver ended on 2026-06-01: before the release)',
      expired: { reason: 'before the release', until: '2026-06-01' },
    });
  });

  it('can be in the schema', async () => {
    const inline = (until: string) => ({
      ...unbumped,
      [claimPath]:
        unbumped[claimPath]?.replace(
          '"title"',
          `"$comment": "sluice-ignore version-bump until ${until}: soon", "title"`,
        ) ?? '',
    });
    expect((await reviewOf(inline('2026-06-01'))).findings?.[0]?.waived).toBe('soon (until 2026-06-01)');
    expect((await reviewOf(inline('2026-05-31'))).findings?.[0]).toMatchObject({ expired: { until: '2026-05-31' } });
    expect((await reviewOf(inline('whenever'))).findings?.[0]?.waived).toBeUndefined();
  });
});

describe('dayOf', () => {
  it('is the day in UTC', () => {
    expect(dayOf(new Date('2026-06-01T23:59:59-01:00'))).toBe('2026-06-02');
  });
});
