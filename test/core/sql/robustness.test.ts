import { describe, expect, it } from 'vitest';
import { lintSql } from '../../../core/sql/lint.ts';
import { casesOf, rulesWithFixtures } from './fixtures.ts';

const texts = rulesWithFixtures
  .flatMap((rule) => [...casesOf(rule, 'dangerous'), ...casesOf(rule, 'safe')])
  .map(({ sql }) => sql);

describe('whatever the text, the linter answers', () => {
  it('when a file ends in the middle', async () => {
    for (const text of texts) {
      for (let end = 1; end < text.length; end += 11) {
        const findings = await lintSql({ path: '1.sql', text: text.slice(0, end) });
        for (const { place } of findings) expect(place.line).toBeGreaterThan(0);
      }
    }
  });

  it('when all of them are one file, wrapped or not, on every server', async () => {
    const text = texts.filter((each) => !/TABEL|DEFUALT|ünclosed/.test(each)).join('\n;\n');
    for (const serverVersion of [14, 15, 16, 17, 18]) {
      for (const inTransaction of [false, true]) {
        const findings = await lintSql({ path: '1.sql', text }, { serverVersion, inTransaction });
        expect(findings.length).toBeGreaterThan(300);
        expect(findings.map(({ rule }) => rule)).not.toContain('syntax-error');
      }
    }
  });

  it('the same every time, and the fingerprints of different findings differ', async () => {
    const text = texts.filter((each) => !/TABEL|DEFUALT|ünclosed/.test(each)).join('\n;\n');
    const once = await lintSql({ path: '1.sql', text });
    expect(await lintSql({ path: '1.sql', text })).toEqual(once);
    expect(new Set(once.map(({ fingerprint }) => fingerprint)).size).toBe(once.length);
  });
});
