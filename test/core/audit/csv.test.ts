import { describe, expect, it } from 'vitest';
import { csvHeader, csvLine } from '../../../core/audit/csv.ts';
import { type AuditEvent, chainStart } from '../../../core/audit/event.ts';

const event: AuditEvent = {
  sequence: 1,
  at: '2026-03-01T12:00:00.000000Z',
  kind: 'approval.given',
  repository: 'acme/claims',
  actor: 'platform-engineer',
  subject: 'pull request 7',
  data: { head: 'abc', fingerprint: 'f1', policy: 'p1', delivery: 'd1', reason: 'fine' },
  previous: chainStart,
  hash: 'h',
};

describe('an event as CSV', () => {
  it('has its facts in columns of their own', () => {
    expect(csvHeader).toBe(
      'sequence,at,kind,repository,actor,subject,commit,fingerprint,policy,delivery,reason,data,previous,hash\r\n',
    );
    expect(csvLine(event)).toBe(
      `1,2026-03-01T12:00:00.000000Z,approval.given,acme/claims,platform-engineer,pull request 7,abc,f1,p1,d1,fine,"{""delivery"":""d1"",""fingerprint"":""f1"",""head"":""abc"",""policy"":""p1"",""reason"":""fine""}",${chainStart},h\r\n`,
    );
  });

  it('quotes commas, quotation marks and line ends', () => {
    expect(csvLine({ ...event, subject: 'a, "b"\nc' })).toContain(',"a, ""b""\nc",');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =HYPERLINK("x")', '\r=1', '＝1'])(
    'never lets a spreadsheet run %j',
    (text) => {
      const cells = csvLine({ ...event, actor: text, data: { reason: text } });
      expect(cells).toContain(`'${text.replaceAll('"', '""')}`);
      expect(cells).not.toMatch(new RegExp(`(^|,)"?${text[0] === '+' ? '\\+' : text[0]}`));
    },
  );
});
