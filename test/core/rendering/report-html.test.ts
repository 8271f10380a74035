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

  it('can be found through by ear and by keyboard: landmarks, headings, headers of tables', () => {
    const page = renderReportPage(inputOf(reviewOf([claim, payment])));
    for (const landmark of ['<header>', '<nav aria-label=', '<main id="report">', '<footer>'])
      expect(page).toContain(landmark);
    expect(page).toContain('<html lang="en">');
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/(?:aria-labelledby="|href="#)([^"]+)"/g)) expect(ids).toContain(id);
    for (const [table] of page.matchAll(/<table[\s\S]*?<\/table>/g))
      expect(table).toMatch(/<th scope="row">|<th[^>]* scope="col">/);
    for (const [region] of page.matchAll(/<div class="scroll"[^>]*>/g))
      expect(region).toMatch(/tabindex="0".*aria-label="/);
  });

  it('says by sign and word what colour says as well', () => {
    const page = renderReportPage(inputOf(reviewOf([claim])));
    expect(page).toContain(
      '<td class="gone"><del>−       &quot;type&quot;: &quot;string&quot;</del></td><td class="is bad">✖ changed</td>',
    );
    for (const [, words] of page.matchAll(/class="(?:sign )?(?:bad|good)">([^<]*)</g))
      expect(words).toMatch(/^[✔✖?]( [a-z]+)?/);
  });

  it('tells the schemas of one document apart', () => {
    const path = 'api/claims.yaml';
    const review = reviewOf([
      { ...payment, path, component: 'Payment', name: 'Payment' },
      { ...claim, path, component: 'Claim', name: 'Claim' },
    ]);
    const [, first = '', second = ''] = renderReportPage(inputOf(review)).split('<h2 id="schema-');
    expect(first).toContain('<code>Claim</code>');
    expect(first).toContain('<code>claim_amount</code>');
    expect(second).toContain('<code>Payment</code>');
    expect(second).not.toContain('claim_amount');
  });

  it('leads from each change to why', () => {
    const page = renderReportPage(inputOf(reviewOf([claim])));
    expect(page).toContain('<h2 id="schema-1">In short</h2>');
    for (const { subject } of claim.comparison?.changes ?? [])
      expect(page).toMatch(new RegExp(`<a href="#schema-1-(?:breaks|passes)-\\d+"><code>${subject}</code></a>`));
  });

  it('has both directions of every change, also of those that pass', () => {
    const page = renderReportPage(inputOf(reviewOf([claim])));
    expect(page.match(/Old data, new readers: <span class="\w+">[✖✔] \w+/g)).toHaveLength(3);
    expect(page.match(/New data, old readers: <span class="\w+">[✖✔] \w+/g)).toHaveLength(3);
    expect(page).toContain('FIELD_TYPE_CHANGED');
    expect(page).toContain(claim.fingerprint);
  });
});
