import { expect, it } from 'vitest';
import { cleanForAudit } from '../../../core/audit/clean.ts';

it.each([
  ['an address with a password', 'refused by postgres://sluice:hunter2@db.internal/claims now'],
  ['a token of GitHub', 'used ghs_0123456789abcdefABCDEF0123'],
  ['a fine-grained token', 'github_pat_11ABCDEFG0123456789_abcdef'],
  ['a private key', 'key -----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----'],
  ['a key that was cut off', '-----BEGIN PRIVATE KEY-----\nhunter2'],
  ['a webhook of Slack', 'https://hooks.slack.com/services/T0/B0/hunter2'],
  ["a person's address", 'ask jane.roe@example.com'],
])('leaves out %s', (_, text) => {
  const clean = JSON.stringify(cleanForAudit({ reason: [text] }));
  expect(clean).toContain('[redacted]');
  expect(clean).not.toMatch(/hunter2|ghs_|github_pat_|jane/);
});

it('leaves everything else as it is, also names that mean something to JavaScript', () => {
  const value = JSON.parse(
    '{"__proto__":{"x":1},"commit":"3f2a","parts":[1,-2.5e300,null,true,"@acme/platform","a@b","https://github.com/acme/claims"]}',
  );
  expect(JSON.stringify(cleanForAudit(value))).toBe(JSON.stringify(value));
});

it('replaces what a database cannot keep', () => {
  expect(cleanForAudit(['a\0b', 'half \ud83d', '\u{1f600}'])).toEqual(['a\ufffdb', 'half \ufffd', '\u{1f600}']);
});
