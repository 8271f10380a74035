import { describe, expect, it } from 'vitest';
import { noPaint, renderForTerminal } from '../../../core/rendering/terminal.ts';
import { fit } from '../../../core/rendering/terminal-text.ts';
import { amountChange, claim, comparisonOf, policyChange, reviewOf } from './comment/sample-review.ts';

const sentences = (text: string) => text.split('breaks services on 3.0.0 that read old records').length - 1;

describe('renderForTerminal', () => {
  it('says who breaks once where it is the same for all and does not fit next to each', () => {
    const long = { ...policyChange, subject: 'a.property.that.lies.deep.inside.of.a.claim' };
    const review = reviewOf([{ ...claim, comparison: comparisonOf([amountChange, long]) }]);
    const narrow = renderForTerminal(review, new Map(), noPaint, { width: 80 });
    expect(sentences(narrow)).toBe(1);
    expect(narrow).toContain('        each breaks services on 3.0.0 that read old records:\n');
    expect(sentences(renderForTerminal(review, new Map(), noPaint, { width: 200 }))).toBe(2);
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('does not count schemas where nothing could be compared', () => {
    const problems = [{ place: { path: 'a.json', line: 1 }, problem: 'Not JSON', remedy: 'Correct it.' }];
    expect(renderForTerminal(reviewOf([], { problems }), new Map())).toBe(
      '✖ a.json:1  Not JSON. Correct it.\nnothing compared: 1 problem to mend\n',
    );
  });

  it('shows no name of thousands of characters whole, and counts truly what is missing', () => {
    const name = 'n'.repeat(3_000);
    const review = reviewOf([
      { ...claim, name, path: name, comparison: comparisonOf([{ ...amountChange, subject: name, summary: name }]) },
    ]);
    expect(renderForTerminal(review, new Map(), noPaint, { width: 80 })).not.toMatch(/n{200}/);
    expect(fit(name, 40)).toBe(`${'n'.repeat(10)} … 2,980 more … ${'n'.repeat(10)}`);
  });
});
