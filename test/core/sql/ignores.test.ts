import { describe, expect, it } from 'vitest';
import { lintSql } from '../../../core/sql/lint.ts';

async function found(text: string): Promise<string[]> {
  const findings = await lintSql({ path: 'migrations/1.sql', text });
  return findings
    .filter(({ rule }) => rule === 'drop-table' || rule.includes('ignore'))
    .map(({ rule, place }) => `${place.line} ${rule}`);
}

describe('an ignore comment', () => {
  it.each([
    ['before the statement', '-- sluice-ignore drop-table: unused since May\nDROP TABLE a;'],
    ['on the line of the statement', 'DROP TABLE a; -- sluice-ignore drop-table: unused since May'],
    ['inside the statement', 'DROP TABLE -- sluice-ignore drop-table: unused since May\n  a;'],
    ['for the whole file', 'SELECT 1;\nDROP TABLE a;\n-- sluice-ignore-file drop-table: unused since May'],
    ['among other rules', '-- sluice-ignore undeclared-data-loss, drop-table: unused since May\nDROP TABLE a;'],
    ['before a DO block', '-- sluice-ignore drop-table: unused since May\nDO $$\nBEGIN\n  DROP TABLE a;\nEND $$;'],
    ['inside a DO block', 'DO $$\nBEGIN\n  -- sluice-ignore drop-table: unused since May\n  DROP TABLE a;\nEND $$;'],
  ])('counts %s', async (_, text) => {
    expect(await found(text)).toEqual([]);
  });

  it('counts for one statement only', async () => {
    expect(await found('-- sluice-ignore drop-table: unused\nDROP TABLE a;\nDROP TABLE b;')).toEqual(['3 drop-table']);
  });

  it('on the line of a statement says nothing of the next one', async () => {
    expect(await found('DROP TABLE a; -- sluice-ignore drop-table: unused\nDROP TABLE b;')).toEqual(['2 drop-table']);
  });

  it('without a reason ignores nothing', async () => {
    expect(await found('-- sluice-ignore drop-table\nDROP TABLE a;')).toEqual([
      '1 ignore-without-reason',
      '2 drop-table',
    ]);
  });

  it('that matches nothing is found', async () => {
    expect(await found('-- sluice-ignore drop-table: unused\nSELECT 1;')).toEqual(['1 unused-ignore']);
  });

  it('cannot ignore what is wrong with itself', async () => {
    const text = '-- sluice-ignore-file unused-ignore: no\n-- sluice-ignore drop-table: unused\nSELECT 1;';
    expect(await found(text)).toEqual(['1 unused-ignore', '2 unused-ignore']);
  });

  it('in a string is no comment', async () => {
    expect(await found("SELECT '\n-- sluice-ignore drop-table: unused\n';\nDROP TABLE a;")).toEqual(['4 drop-table']);
  });
});
