import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../core/sql/catalog/catalog.ts';
import { type LintOptions, lintSql } from '../../../core/sql/lint.ts';

function catalogWith(rows: number, bytes = rows * 100): Catalog {
  const facts = { rows, bytes, columns: new Map(), indexes: [], provedNotNull: [], dependents: [], policies: 0 };
  return {
    table: ({ name }) => (name === 'claims' ? facts : undefined),
    index: () => undefined,
    volatility: () => undefined,
    domainConstrained: () => undefined,
  };
}

async function finding(rule: string, text: string, options: LintOptions) {
  const findings = await lintSql({ path: '1.sql', text }, options);
  return findings.find((each) => each.rule === rule);
}

const rewrite = 'ALTER TABLE claims ALTER COLUMN amount TYPE numeric;';
const rewriteOf = (options: LintOptions) => finding('change-column-type', rewrite, options);

describe('the severity of what grows with the table', () => {
  it.each([
    [200, 'advice', 'The table is small now (200 rows).'],
    [50_000, 'error', 'The table has about 50,000 rows.'],
    [200_000_000, 'error', 'The table has about 200,000,000 rows.'],
  ])('of %d rows', async (rows, severity, says) => {
    const found = await rewriteOf({ catalog: catalogWith(rows) });
    expect(found).toMatchObject({ severity, rows });
    expect(found?.message).toContain(says);
  });

  it('is more than a warning from the size on that the settings call large', async () => {
    const text = 'ALTER TABLE claims SET TABLESPACE fast; UPDATE claims SET amount = 0;';
    const options = (rows: number): LintOptions => ({
      catalog: catalogWith(rows, 1e9),
      tableSize: { small: 10, large: 1_000 },
    });
    expect((await finding('unbatched-write', text, options(999)))?.severity).toBe('warning');
    expect((await finding('unbatched-write', text, options(1_000)))?.severity).toBe('error');
    const configured = { ...options(1_000), severities: { 'unbatched-write': 'warning' } as const };
    expect((await finding('unbatched-write', text, configured))?.severity).toBe('warning');
  });

  it('is the usual one when the size is not known: no database, no such table, never analysed', async () => {
    for (const options of [{}, { catalog: catalogWith(-1) }]) {
      expect(await rewriteOf(options)).toMatchObject({ severity: 'error' });
      expect(await rewriteOf(options)).not.toHaveProperty('rows');
    }
  });

  it('is the usual one when few rows take many bytes', async () => {
    expect(await rewriteOf({ catalog: catalogWith(200, 1e9) })).toMatchObject({ severity: 'error', rows: 200 });
  });
});
