import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../../../core/rendering/diff/line-diff.ts';
import { type DiffRow, textDiff } from '../../../../core/rendering/diff/text-diff.ts';

const lines = array(constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

describe('lineDiff', () => {
  it('tells how to get from the one to the other, keeping as many lines as can be kept', () => {
    assert(
      property(lines, lines, (before, after) => {
        const steps = lineDiff(before, after);
        const old = steps.flatMap((step) => (step.step === 'added' ? [] : [step.old]));
        const next = steps.flatMap((step) => (step.step === 'removed' ? [] : [step.new]));
        expect(old).toEqual([...before.keys()]);
        expect(next).toEqual([...after.keys()]);
        const kept = steps.flatMap((step) => (step.step === 'same' ? [step] : []));
        expect(kept.map((step) => before[step.old])).toEqual(kept.map((step) => after[step.new]));
        expect(kept).toHaveLength(longestCommon(before, after));
      }),
      { numRuns: 500 },
    );
  });

  it('gives up on texts that have thousands of differences, and still tells all of both', () => {
    const before = Array.from({ length: 3_000 }, (_, at) => `old ${at}`);
    const after = Array.from({ length: 3_000 }, (_, at) => `new ${at}`);
    const steps = lineDiff(['same', ...before], ['same', ...after]);
    expect(steps.filter(({ step }) => step === 'removed')).toHaveLength(3_000);
    expect(steps.filter(({ step }) => step === 'added')).toHaveLength(3_000);
    expect(steps[0]).toEqual({ step: 'same', old: 0, new: 0 });
  });
});

describe('textDiff', () => {
  it('takes a member for itself, not for another with the same words in it', () => {
    const before = { amount: { type: 'string' } };
    const after = { amount: { type: 'number' }, adjuster: { type: 'string' } };
    expect(differing(json(before), json(after))).toEqual([
      'changed 3 "type": "string" | 3 "type": "number"',
      'added 5 "adjuster": {',
      'added 6 "type": "string"',
      'added 7 }',
    ]);
  });

  it('takes a member that moved elsewhere for another one', () => {
    const before = { $ref: '#/a' };
    const after = { properties: { x: { $ref: '#/a' } } };
    expect(differing(json(before), json(after))).toEqual([
      'removed 2 "$ref": "#/a"',
      'added 2 "properties": {',
      'added 3 "x": {',
      'added 4 "$ref": "#/a"',
      'added 5 }',
      'added 6 }',
    ]);
  });

  it('sees no difference in indentation, line ends and a comma at the end of a line of JSON', () => {
    const value = { a: [1, 2], b: { c: 'x' } };
    expect(textDiff(json(value), JSON.stringify(value, null, 6).replaceAll('\n', '\r\n'), 'json')).toEqual([]);
    expect(differing('{\n"a": 1\n}', '{\n"a": 1,\n"b": 2\n}')).toEqual(['added 3 "b": 2']);
  });

  it('sees indentation in YAML, where it means something', () => {
    expect(differing('a:\n  b:\n    c: 1\n', 'a:\n  b:\n  c: 1\n', 'yaml')).toEqual(['removed 3 c: 1', 'added 3 c: 1']);
    expect(differing('a:\n  type: string\n', 'a:\n  type: number\nb:\n  type: string\n', 'yaml')).toEqual([
      'changed 2 type: string | 2 type: number',
      'added 3 b:',
      'added 4 type: string',
    ]);
  });

  it('shows three lines around a change, each once, and joins changes that are near', () => {
    const before = Array.from({ length: 40 }, (_, at) => `"m${at}": 1`);
    const after = before.map((line, at) => ([10, 14, 30].includes(at) ? line.replace(': 1', ': 2') : line));
    const hunks = textDiff(before.join('\n'), after.join('\n'), 'json');
    expect(hunks.map(({ rows }) => rows.map(({ old }) => old?.line))).toEqual([
      [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18],
      [28, 29, 30, 31, 32, 33, 34],
    ]);
  });
});

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function differing(before: string, after: string, language: 'json' | 'yaml' = 'json'): string[] {
  const rows = textDiff(before, after, language).flatMap((hunk) => hunk.rows);
  return rows.filter(({ word }) => word !== 'same').map(shown);
}

function shown({ word, old, new: next }: DiffRow): string {
  const sides = [old, next].flatMap((side) => (side === undefined ? [] : [`${side.line} ${side.text.trim()}`]));
  return `${word} ${sides.join(' | ')}`;
}

/** By the textbook, for comparison. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const row = table[i] ?? [];
      row[j] =
        a[i - 1] === b[j - 1] ? (table[i - 1]?.[j - 1] ?? 0) + 1 : Math.max(table[i - 1]?.[j] ?? 0, row[j - 1] ?? 0);
    }
  }
  return table[a.length]?.[b.length] ?? 0;
}
