import { describe, expect, it } from 'vitest';
import { reviewAnnotations } from '../../../../core/rendering/annotations.ts';
import { saidNo } from '../../../../core/rendering/comment/headline.ts';
import { renderReport } from '../../../../core/rendering/comment/report.ts';
import { renderReportPage } from '../../../../core/rendering/report-html.ts';
import { renderForTerminal } from '../../../../core/rendering/terminal.ts';
import type { Fingerprint } from '../../../../core/review/review.ts';
import { claim, inputOf, payment, reviewOf } from './sample-review.ts';

const short = (text: string) => text.length <= 65_000;
const acceptance = {
  state: 'accepted',
  reason: 'nobody reads @acme/everyone',
  until: '2026-07-01',
  fingerprint: 'f' as Fingerprint,
} as const;
const accepted = { ...claim, acceptance };

describe('a change that the configuration accepts', () => {
  it('is said to pass in the first line, and still to break', () => {
    const comment = renderReport(inputOf(reviewOf([accepted])), short);
    expect(comment.split('\n')[0]).toBe(
      '### ✔ `insurance-claim` 2.8.0 → 3.0.0 is accepted until 2026-07-01: it breaks stored records',
    );
    expect(saidNo(comment)).toBe(false);
    expect(comment).toContain(
      '- **Accepted** by the configuration until 2026-07-01, exactly this change: nobody reads @',
    );
    expect(comment).not.toContain('@acme/everyone');
    expect(comment).toContain('✖&#160;breaking');
  });

  it('comes after what does not pass and before what is compatible, and is counted apart', () => {
    const all = renderReport(inputOf(reviewOf([payment, accepted])), short);
    expect(all.split('\n')[0]).toBe('### ✔ All 2 changed schemas pass: 1 compatible, 1 accepted though not');
    expect(all.indexOf('`insurance-claim`')).toBeLessThan(all.indexOf('`payment`'));
    const some = renderReport(
      inputOf(reviewOf([payment, accepted, { ...claim, path: 'schemas/z.json', name: 'z' }])),
      short,
    );
    expect(some.split('\n')[0]).toBe('### ✖ 1 of 3 changed schemas does not pass');
    expect(some.indexOf('#### ✖ `z`')).toBeLessThan(some.indexOf('#### ✔ `insurance-claim`'));
  });

  it('fails no line of the file, and is a tick in the terminal and on the page', () => {
    const review = reviewOf([accepted]);
    expect(new Set(reviewAnnotations(review).map(({ level, title }) => `${level} ${title}`))).toEqual(
      new Set(['notice Sluice: breaking, accepted']),
    );
    const text = renderForTerminal(review, new Map());
    expect(text).toMatch(
      /^✔ insurance-claim 2\.8\.0 → 3\.0\.0 {2}is accepted until 2026-07-01: it breaks stored records/,
    );
    expect(text).toContain('accepted: nobody reads @acme/everyone');
    expect(text).toContain('1 changed schema, 1 of them not compatible (1 accepted)');
    expect(renderReportPage(inputOf(review))).toMatch(/Accepted<\/th><td>By the configuration until 2026-07-01/);
  });

  it('does not pass any more once its day is over', () => {
    const expired = { ...claim, acceptance: { ...acceptance, state: 'expired' as const } };
    const comment = renderReport(inputOf(reviewOf([expired])), short);
    expect(comment.split('\n')[0]).toBe('### ✖ `insurance-claim` 2.8.0 → 3.0.0 breaks stored records');
    expect(comment).not.toContain('**Accepted**');
  });
});
