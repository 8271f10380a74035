import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { linesInDiff } from '../../../../core/rendering/suggestions/lines-in-diff.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = (...texts: string[]): string => texts.map((text) => `${text}\n`).join('');
const sorted = (before: string, after: string): number[] => [...linesInDiff(before, after)].sort((a, b) => a - b);

it('names what came, with three lines around it', () => {
  const before = lines('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i');
  expect(sorted(before, before.replace('e\n', 'E\n'))).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(sorted(before, `${before}j\n`)).toEqual([7, 8, 9, 10]);
  expect(sorted('', lines('a', 'b'))).toEqual([1, 2]);
});

it('names the lines around what went', () => {
  const before = lines('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i');
  expect(sorted(before, before.replace('e\n', ''))).toEqual([2, 3, 4, 5, 6, 7]);
  expect(sorted(before, before.replace('a\n', ''))).toEqual([1, 2, 3]);
});

it('names nothing where nothing changed', () => {
  expect(sorted(lines('a', 'b'), lines('a', 'b'))).toEqual([]);
});

it('says what git says, wherever lines are told apart', () => {
  const edits = fc.array(fc.tuple(fc.constantFrom('change', 'remove', 'add'), fc.nat(29)), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(edits, (steps) => {
      const before = Array.from({ length: 30 }, (_, at) => `line ${at}`);
      const after = [...before];
      for (const [index, [what, at]] of steps.entries()) {
        if (what === 'change') after[at % after.length] = `changed ${index}`;
        else if (what === 'remove') after.splice(at % after.length, 1);
        else after.splice(at, 0, `added ${index}`);
      }
      expect(sorted(lines(...before), lines(...after))).toEqual(shownByGit(lines(...before), lines(...after)));
    }),
    { numRuns: 40 },
  );
});

function shownByGit(before: string, after: string): number[] {
  const [old, next] = [join(folder, 'old'), join(folder, 'new')];
  writeFileSync(old, before);
  writeFileSync(next, after);
  let diff = '';
  try {
    execFileSync('git', ['diff', '--no-index', '--unified=3', old, next], { stdio: 'pipe' });
  } catch (error) {
    // Status 1: they differ.
    diff = String((error as { stdout: Buffer }).stdout);
  }
  return [...diff.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].flatMap(([, first, count]) =>
    Array.from({ length: Number(count ?? 1) }, (_, at) => Number(first) + at),
  );
}
