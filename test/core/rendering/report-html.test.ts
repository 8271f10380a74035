import { describe, expect, it } from 'vitest';
import { renderReportPage } from '../../../core/rendering/report-html.ts';
import { amountChange, claim, comparisonOf, inputOf, payment, reviewOf } from './comment/sample-review.ts';

describe('renderReportPage', () => {
  it('is one page that needs nothing else', async () => {
    const page = renderReportPage(inputOf(reviewOf([claim, payment])));
    await expect(page).toMatchFileSnapshot('__snapshots__/report.html');
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(/);
  });

  it('shows what a stranger wrote as words', () => {
    const evil = '</pre></code><script>alert(1)</script>"\' onload=x \u202e';
    const changes = [
      { ...amountChange, subject: evil, summary: evil, before: evil, after: { [evil]: evil }, alternative: evil },
    ];
    const page = renderReportPage(
      inputOf(reviewOf([{ ...claim, name: evil, path: evil, comparison: comparisonOf(changes) }])),
    );
    expect(page).not.toMatch(/<script|\u202e/);
    expect(page).toContain('&lt;script&gt;alert(1)');
  });
});
