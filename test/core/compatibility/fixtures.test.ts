import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../core/compatibility/change.ts';
import { changeKinds } from '../../../core/compatibility/change-kinds.ts';
import { families } from '../../../core/compatibility/changes/index.ts';
import { type CompareOptions, compare } from '../../../core/compatibility/compare.ts';
import { loneBundle } from '../../../core/schema/bundle.ts';
import { keywords } from '../../../core/schema/keywords.ts';
import { parseSchema } from '../../../core/schema/parse.ts';
import { validatorFor } from '../../../core/schema/validator.ts';

interface Expected {
  readonly options?: Partial<CompareOptions>;
  readonly pointer: string;
  readonly subject: string;
  readonly summary: string;
  readonly backward: string;
  readonly forward: string;
}

const folder = join(import.meta.dirname, 'fixtures');
const kinds = new Map(changeKinds.map((kind) => [kind.id, kind]));

function bundle(kind: string, side: 'old' | 'new') {
  const path = `${kind}/${side}.json`;
  return loneBundle(parseSchema({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
function expected(kind: string): Expected {
  return JSON.parse(readFileSync(join(folder, kind, 'expected.json'), 'utf8')) as Expected;
}
function compareFixture(kind: string) {
  const options = { mode: 'FULL', formatAssertion: false, ...expected(kind).options } as const;
  const [old, next] = [bundle(kind, 'old'), bundle(kind, 'new')];
  return { old, next, options, comparison: compare(old, next, options) };
}

test('every kind of change has a fixture, and every fixture a kind', () => {
  expect(readdirSync(folder).sort()).toEqual([...kinds.keys()].sort());
});
test('every keyword that can decide about a document belongs to one family', () => {
  const deciding = keywords.filter(({ role }) => role === 'assertion' || role === 'applicator').map(({ name }) => name);
  const answered = families.flatMap((family) => family.keywords);
  expect([...new Set(deciding)].filter((name) => !answered.includes(name))).toEqual([]);
  expect(answered.filter((name, at) => answered.indexOf(name) !== at)).toEqual([]);
});
test('every kind names its mirror, and the mirror names it back', () => {
  // Restricting is one of two ways to close what was open; the way back from both is to open it.
  const oneWay = new Set(['content-restricted']);
  const unanswered = changeKinds.filter(({ id, mirror }) => !oneWay.has(id) && kinds.get(mirror)?.mirror !== id);
  expect(unanswered).toEqual([]);
});

describe.each([...kinds.keys()])('%s', (kind) => {
  const { comparison, old, next, options } = compareFixture(kind);
  const change = comparison.changes.find((one) => one.kind === kind) as Change;

  test('is found where it is, in words that fit', () => {
    const { pointer, subject, summary, backward, forward } = expected(kind);
    expect(change).toMatchObject({ pointer, subject, summary });
    expect([change.backward.verdict, change.forward.verdict]).toEqual([backward, forward]);
    expect(change.specName).toBe(kinds.get(kind)?.specName);
  });
  test('tells whom it breaks, and another way, exactly when it breaks', () => {
    const isSafe = change.backward.verdict === 'compatible' && change.forward.verdict === 'compatible';
    expect(change.breaks === undefined).toBe(isSafe);
    expect(change.alternative === undefined).toBe(isSafe);
  });
  test('shows each break by a document that the one side accepts and the other refuses', () => {
    const accepts = { old: validatorFor(old, options), new: validatorFor(next, options) };
    const shown = [change.backward, change.forward].map((verdict) =>
      'witness' in verdict ? verdict.witness : undefined,
    );
    const [backward, forward] = shown;
    expect(backward === undefined ? 'none' : accepts.old(backward)).toEqual(backward === undefined ? 'none' : []);
    expect(backward === undefined || accepts.new(backward).length > 0).toBe(true);
    expect(forward === undefined ? 'none' : accepts.new(forward)).toEqual(forward === undefined ? 'none' : []);
    expect(forward === undefined || accepts.old(forward).length > 0).toBe(true);
  });
  test('the other way round is its mirror, with the verdicts exchanged', () => {
    const back = compare(next, old, options).changes;
    const mirrored = back.find((one) => one.kind === kinds.get(kind)?.mirror);
    expect(mirrored?.backward.verdict).toBe(change.forward.verdict);
    expect(mirrored?.forward.verdict).toBe(change.backward.verdict);
  });
  test('is not found between equal schemas', () => {
    expect(compare(old, old, options).changes).toEqual([]);
  });
});
