import { describe, expect, it } from 'vitest';
import type { Impact } from '../../../../core/impact/impact.ts';
import { saidNo } from '../../../../core/rendering/comment/headline.ts';
import { renderReport } from '../../../../core/rendering/comment/report.ts';
import { elementsIn, renderedHtml } from '../rendered-html.ts';
import {
  adjusterChange,
  amountChange,
  claim,
  comparisonOf,
  inputOf,
  payment,
  policyChange,
  reviewOf,
} from './sample-review.ts';

const short = (text: string) => text.length <= 65_000;
const counted: Impact = {
  status: 'counted',
  scanned: 2_456_789,
  complete: true,
  failing: 2_456_789,
  invalidBefore: 0,
  byChange: new Map([
    [amountChange, 2_456_789],
    [policyChange, 47],
  ]),
  samples: [{ key: '1001', violations: [{ at: '/claim_amount', message: 'must be number' }] }],
};

describe('renderReport', () => {
  it('says first what happens, then what to do, then why', async () => {
    const impact = new Map([[claim.path, counted]]);
    await expect(renderReport(inputOf(reviewOf([claim]), { impact }), short)).toMatchFileSnapshot(
      '__snapshots__/breaking.md',
    );
  });

  it('names a missing migration, and offers to create the proposed one', async () => {
    const missing = {
      ...claim,
      migration: {
        status: 'missing' as const,
        path: 'migrations/insurance-claim/3.0.0.yml',
        proposal: 'from: 2.8.0\nto: 3.0.0\ntransform:\n  - cast: { field: claim_amount, to: number }\n',
        gaps: ['which policy_number records get that have none'],
      },
    };
    const impact = new Map<string, Impact>([[claim.path, { status: 'unknown', reason: 'no database was given' }]]);
    await expect(renderReport(inputOf(reviewOf([missing]), { impact }), short)).toMatchFileSnapshot(
      '__snapshots__/missing-migration.md',
    );
  });

  it('shows the record that a migration does not mend', async () => {
    const refuted = {
      ...claim,
      migration: {
        status: 'given' as const,
        path: 'migrations/insurance-claim/3.0.0.yml',
        text: '',
        proof: {
          result: 'refuted' as const,
          record: { claim_id: 'a', claim_amount: 'abc' },
          reason: '/claim_amount is not a number',
        },
        losses: ['the spelling of claim_amount'],
        operations: ['cast claim_amount from string to number'],
      },
    };
    await expect(renderReport(inputOf(reviewOf([refuted])), short)).toMatchFileSnapshot(
      '__snapshots__/refuted-migration.md',
    );
  });

  it('puts what does not pass before what does', async () => {
    const text = renderReport(inputOf(reviewOf([payment, claim])), short);
    await expect(text).toMatchFileSnapshot('__snapshots__/two-schemas.md');
  });

  it('is short when all is well', async () => {
    await expect(renderReport(inputOf(reviewOf([payment])), short)).toMatchFileSnapshot('__snapshots__/compatible.md');
  });

  it('says that nothing is proved when nothing could be', async () => {
    const undecided = {
      ...claim,
      comparison: comparisonOf([
        {
          ...amountChange,
          backward: {
            verdict: 'undecided',
            reason: 'the pattern is beyond what is understood',
            pointer: '/properties/x',
          },
        },
      ]),
      verdict: 'undecided' as const,
    };
    await expect(renderReport(inputOf(reviewOf([undecided])), short)).toMatchFileSnapshot('__snapshots__/undecided.md');
  });

  it('lists problems with their places when nothing can be compared', async () => {
    const problems = [
      { place: { path: 'schemas/a.json', line: 3, column: 7 }, problem: 'Expected a comma', remedy: 'Add it' },
      { place: { path: '.github/sluice.yml', line: 1 }, problem: 'schemas[0] lacks "files"', remedy: 'Add it.' },
    ];
    await expect(renderReport(inputOf(reviewOf([], { problems })), short)).toMatchFileSnapshot(
      '__snapshots__/problems.md',
    );
  });

  it('says in its first line that the check does not pass while there are problems, however good the schema is', () => {
    const problems = [{ place: { path: '.github/sluice.yml', line: 1 }, problem: 'Not YAML', remedy: 'Correct it.' }];
    const comment = renderReport(inputOf(reviewOf([{ ...claim, verdict: 'compatible' }], { problems })), short);
    expect(comment.split('\n')[0]).toBe('### ✖ The check does not pass: 1 problem to mend');
    expect(comment).toMatch(/^#### ✔ `insurance-claim`/m);
  });

  it('says so when there is nothing left to review', async () => {
    await expect(renderReport(inputOf(reviewOf([])), short)).toMatchFileSnapshot('__snapshots__/nothing-left.md');
  });

  it('tells removed and added schemas from changed ones', async () => {
    const removed = {
      ...claim,
      change: 'removed' as const,
      comparison: undefined,
      newVersion: undefined,
      advice: undefined,
      migration: { status: 'not-needed' as const },
    };
    const added = {
      ...payment,
      change: 'added' as const,
      comparison: undefined,
      oldVersion: undefined,
      advice: undefined,
    };
    await expect(renderReport(inputOf(reviewOf([removed, added])), short)).toMatchFileSnapshot(
      '__snapshots__/removed-and-added.md',
    );
  });

  it('cuts a long report down until it fits, keeping the verdict and saying that it is cut', () => {
    const changes = Array.from({ length: 900 }, (_, at) => ({ ...amountChange, subject: `field_${at}`, line: at + 1 }));
    const schemas = Array.from({ length: 40 }, (_, at) => ({
      ...claim,
      path: `schemas/s${at}.json`,
      name: `s${at}`,
      comparison: comparisonOf(changes),
    }));
    const text = renderReport(inputOf(reviewOf(schemas)), short);
    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text).toContain('### ✖ All 40 changed schemas do not pass');
    expect(text).toContain('This is the short form');
    expect(text).toContain('more changes');
    const summary = renderReport(inputOf(reviewOf(schemas)), (markdown) => Buffer.byteLength(markdown) < 1_048_576);
    expect(summary.length).toBeGreaterThan(text.length);
  });

  it('keeps many changes readable: some in sight, the others behind a fold, a few documents', () => {
    const changes = Array.from({ length: 30 }, (_, at) => ({
      ...amountChange,
      subject: `field_${at}`,
      summary: `string → number ${at}`,
    }));
    const input = inputOf(reviewOf([{ ...claim, comparison: comparisonOf(changes) }]));
    const text = renderReport(input, short);
    expect(text.split('18 more that do not pass')[0]?.match(/&#160;breaking/g)).toHaveLength(12);
    expect(text.match(/breaks: a document that shows it/g)).toHaveLength(8);
    expect(text).toContain('Documents that show the other 22 are in the full report.');
    expect(renderReport(input, short, { whole: true }).match(/breaks: a document that shows it/g)).toHaveLength(30);
  });

  it('says once who breaks by many changes, where it is the same by all of them', () => {
    const many = (count: number) => {
      const changes = Array.from({ length: count }, (_, at) => ({ ...amountChange, subject: `field_${at}` }));
      return renderReport(inputOf(reviewOf([{ ...claim, comparison: comparisonOf(changes) }])), short);
    };
    const few = many(5);
    expect(few.match(/services on 3\.0\.0 that read old records/g)).toHaveLength(5);
    expect(few).toContain('| | Change | Who breaks |');
    const text = many(20);
    expect(text.match(/^Each of these breaks services on 3\.0\.0 that read old records\.$/gm)).toHaveLength(2);
    expect(text.match(/services on 3\.0\.0/g)).toHaveLength(2);
    expect(text).not.toContain('Who breaks');
    const html = renderedHtml(text);
    expect(html.match(/<table/g)?.length).toBeGreaterThanOrEqual(2);
    expect(html.match(/<tr>/g)?.length).toBeGreaterThanOrEqual(22);
  });

  it('explains changes that are alike once, and each of them in the whole report', () => {
    const alike = Array.from({ length: 12 }, (_, at) => ({ ...amountChange, subject: `field_${at}` }));
    const input = inputOf(reviewOf([{ ...claim, comparison: comparisonOf([policyChange, ...alike]) }]));
    const text = renderReport(input, short);
    expect(text.match(/a document that shows it/g)).toHaveLength(2);
    expect(text).toContain('Why <code>field_0</code> breaks: a document that shows it, as 11 more do alike');
    expect(text).toContain(
      'The same goes for `field_1`, `field_2`, `field_3`, `field_4`, `field_5`, `field_6`, `field_7`, `field_8` and 3 more.',
    );
    expect(text).not.toContain('are in the full report');
    expect(renderReport(input, short, { whole: true }).match(/a document that shows it/g)).toHaveLength(13);
  });

  it('leaves out lines of a long run that comes or goes, but none in the whole report', () => {
    const added = Array.from({ length: 60 }, (_, at) => `    "field_${at}": {}`).join(',\n');
    const newText = payment.newText?.replace('  "properties": {', `  "more": {\n${added}\n  },\n  "properties": {`);
    const input = inputOf(reviewOf([{ ...payment, newText }]));
    expect(renderReport(input, short)).toContain('… 52 more lines');
    expect(renderReport(input, short)).not.toContain('field_30');
    expect(renderReport(input, short, { whole: true })).toContain('field_30');
  });

  it('tells what fails the check before the schemas, and what fails nothing after them', () => {
    const finding = {
      rule: 'r',
      severity: 'error',
      place: { path: 'a.json' },
      message: 'An error',
      remedy: 'Mend it',
    } as const;
    const note = { ...finding, severity: 'warning', message: 'A warning' } as const;
    const text = renderReport(inputOf(reviewOf([claim], { findings: [note, finding] })), short);
    const order = ['An error', '| Who breaks |', 'A warning'].map((part) => text.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    const many = renderReport(inputOf(reviewOf([claim], { findings: [note, note, note, note] })), short);
    expect(many).toContain('<details><summary>4 notes that fail nothing</summary>');
  });

  it('fits even when the text allows nothing but the verdict', () => {
    const changes = [{ ...amountChange, summary: 'x'.repeat(100_000) }];
    const text = renderReport(
      inputOf(reviewOf([{ ...claim, comparison: comparisonOf(changes) }])),
      (markdown) => markdown.length < 2_000,
    );
    expect(text.length).toBeLessThan(2_000);
  });

  it('says that it is fixed when what did not pass before passes now', () => {
    const fixed = { ...inputOf(reviewOf([payment])), saidNoBefore: true };
    expect(renderReport(fixed, short).split('\n')[0]).toBe('### ✔ Fixed: `payment` 1.2.0 → 1.3.0 is compatible');
    const gone = renderReport({ ...inputOf(reviewOf([])), saidNoBefore: true }, short);
    expect(gone.split('\n')[0]).toBe('### ✔ Fixed: No schema changes any more: nothing to review');
    const stillBroken = renderReport({ ...inputOf(reviewOf([claim])), saidNoBefore: true }, short);
    expect(stillBroken).not.toContain('Fixed');
    const refused = renderReport(inputOf(reviewOf([claim])), short);
    expect([refused, `<!-- marker -->\n${refused}`, renderReport(fixed, short)].map(saidNo)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('names the change in a fold where two are about one place', () => {
    const twice = [
      amountChange,
      { ...amountChange, kind: policyChange.kind, summary: 'becomes required' },
      adjusterChange,
    ];
    const text = renderReport(inputOf(reviewOf([{ ...claim, comparison: comparisonOf(twice) }])), short);
    expect(text).toContain('Why <code>claim_amount</code> (string → number) breaks');
    expect(text).toContain('Why <code>claim_amount</code> (becomes required) breaks');
    expect(renderReport(inputOf(reviewOf([claim])), short)).toContain('Why <code>claim_amount</code> breaks');
  });

  it('shows the line of a version that is too low, as it is and as it should be', () => {
    const advice = { bump: 'major', recommended: '4.0.0', declared: '3.0.0', honest: false } as const;
    const text = renderReport(inputOf(reviewOf([{ ...claim, advice }])), short);
    expect(text).toContain('3.0.0 is too low, since this change can break others; write 4.0.0 (major).');
    expect(text).toContain('```diff\n- "version": "3.0.0",\n+ "version": "4.0.0",\n```');
  });

  it('shows neither a name nor a document whole that is thousands of characters long, and keeps both its ends', () => {
    const name = `begin${'x'.repeat(3_000)}end`;
    const changes = [
      {
        ...amountChange,
        subject: name,
        summary: `${name} → number`,
        alternative: `add \`${name}\` as a number`,
        path: `schemas/${name}.json`,
        backward: {
          verdict: 'breaking' as const,
          witness: { [name]: name, list: Array.from({ length: 500 }, (_, at) => at) },
          violation: { at: `/${name}`, message: `must have ${name}` },
        },
      },
    ];
    const schema = {
      ...claim,
      name,
      path: `schemas/${name}.json`,
      newVersion: `3.0.0-${name}`,
      oldText: `{\n  "${name}": 1\n}`,
      newText: `{\n  "${name}": 2\n}`,
      comparison: comparisonOf(changes),
    };
    const text = renderReport(inputOf(reviewOf([schema])), short);
    expect(text).not.toMatch(/x{400}/);
    expect(text).not.toMatch(/https:[^)\s]{1000}/);
    expect(text).toContain('begin');
    expect(text).toContain('xend');
    expect(text).toContain('… 492 more items');
    expect(text.length).toBeLessThan(12_000);
  });

  it.each([
    ['a closing tag and a mention', '</pre></td></table></details>@acme/everyone <img src=x onerror=alert(1)>'],
    ['backticks and bars', '``` | `x` || \\| $x$ | ~~~'],
    ['line ends and headings', 'a\n\n# heading\r\n- item\n\n| a |\n|---|'],
    ['comments and our own marker', '--> <!-- sluice:review:0 --> <!--'],
    ['invisible characters', 'a\u202eb\u2066c\u200bd\u0000e\u2028f'],
    ['links', '[x](https://evil.example) https://evil.example www.evil.example #1 GH-1 :tada: a@b.example'],
  ])('stays a report when every word of a stranger is %s', (_, evil) => {
    const verdict = {
      verdict: 'breaking' as const,
      witness: { [evil]: evil },
      violation: { at: evil, message: evil },
    };
    const change = {
      ...amountChange,
      subject: evil,
      summary: evil,
      alternative: evil,
      before: evil,
      backward: verdict,
    };
    const hostile = {
      ...claim,
      name: evil,
      path: `schemas/${evil}`,
      oldVersion: evil,
      newVersion: evil,
      oldText: `{\n${evil}\n\n${evil} 1\n}`,
      newText: `{\n${evil}\n\n\n${evil} 2 \n}`,
      comparison: comparisonOf([change, { ...adjusterChange, subject: evil, summary: evil }]),
      migration: {
        status: 'missing' as const,
        path: evil,
        proposal: evil,
        gaps: [evil],
      },
    };
    const impact: Impact = {
      status: 'counted',
      scanned: 1,
      complete: true,
      failing: 1,
      invalidBefore: 0,
      byChange: new Map([[change, 1]]),
      samples: [{ key: evil, violations: [{ at: '', message: evil }], record: { [evil]: evil } }],
    };
    const review = reviewOf([hostile], {
      problems: [{ place: { path: evil, line: 1 }, problem: evil, remedy: evil }],
      findings: [
        { rule: evil, severity: 'error', place: { path: evil }, message: evil, remedy: evil },
        { rule: evil, severity: 'error', place: { path: evil }, message: evil, remedy: evil, waived: evil },
      ],
    });
    const markdown = renderReport(
      inputOf(review, { impact: new Map([[hostile.path, impact]]), baseBranch: evil }),
      short,
    );
    const html = renderedHtml(markdown);
    expect(elementsIn(html).filter((name) => !expectedElements.has(name))).toEqual([]);
    for (const name of ['table', 'pre', 'details', 'td', 'tr'])
      expect(count(html, `<${name}`)).toBe(count(html, `</${name}>`));
    expect([...html.matchAll(/href="([^"]*)"/g)].every(([, href]) => href?.startsWith('https://github.example/'))).toBe(
      true,
    );
    const words = html.replace(/<(code|pre)[^>]*>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, '\n');
    expect(words).not.toMatch(/@[a-z]|#\d|\bGH-\d|:\/\/|\bwww\.|:tada:/);
    expect(html).not.toMatch(/[\u202e\u2066\u2028]/);
    // What stands side by side stays side by side: nothing of a stranger leaves its cell.
    expect(html).not.toContain('<!--');
  });

  it('lets no schema write markdown, HTML or mentions', () => {
    const evil = '](https://evil.example) <img src=x> @acme/everyone `x` | </details> ```\n# heading';
    const changes = [
      {
        ...amountChange,
        subject: evil,
        summary: evil,
        breaks: evil,
        alternative: evil,
        backward: { verdict: 'breaking' as const, witness: { [evil]: evil }, violation: { at: evil, message: evil } },
      },
      { ...adjusterChange, subject: evil, summary: evil },
    ];
    const hostile = { ...claim, name: evil, oldVersion: evil, newVersion: evil, comparison: comparisonOf(changes) };
    const html = renderedHtml(renderReport(inputOf(reviewOf([hostile])), short));
    expect(elementsIn(html)).toEqual([
      'a',
      'code',
      'details',
      'h3',
      'li',
      'ol',
      'p',
      'pre',
      'strong',
      'sub',
      'summary',
      'table',
      'tbody',
      'td',
      'th',
      'thead',
      'tr',
      'ul',
    ]);
    expect(
      [...html.matchAll(/href="([^"]*)"/g)].every(([, href]) =>
        href?.startsWith('https://github.example/acme/claims/'),
      ),
    ).toBe(true);
    expect(html.replace(/<code[^>]*>.*?<\/code>/gs, '')).not.toMatch(/@acme\/everyone/);
  });
});

/** What a report is made of. */
const expectedElements = new Set(
  'a code details h3 h4 li ol p pre span strong sub summary table tbody td th thead tr ul'.split(' '),
);

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
