import { describe, expect, it } from 'vitest';
import { lintSql } from '../../../core/sql/lint.ts';
import { rules } from '../../../core/sql/rules.ts';
import { toSarif } from '../../../core/sql/sarif.ts';
import { sarifFaults } from '../sarif/sarif-schema.ts';

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
    readonly columnKind: string;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number; readonly startColumn: number };
        };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

describe('SARIF', () => {
  it('holds every finding with its rule, level, place and fingerprint', async () => {
    const findings = await lintSql({ path: 'db/my migrations/1 ä.sql', text: "SELECT '😀'; DROP TABLE a;" });
    const { version, runs } = toSarif(findings) as Sarif;
    expect(version).toBe('2.1.0');
    const [run] = runs;
    expect(run?.columnKind).toBe('utf16CodeUnits');
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    expect(run?.results.map(({ ruleId }) => ruleId)).toEqual(findings.map(({ rule }) => rule));
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
    const drop = run?.results.find(({ ruleId }) => ruleId === 'drop-table');
    expect(drop?.level).toBe('warning');
    expect(drop?.message.text).toContain('Instead:');
    expect(drop?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'db/my%20migrations/1%20%C3%A4.sql' },
      region: { startLine: 1, startColumn: 14 },
    });
    expect(drop?.partialFingerprints['sluice/v1']).toMatch(/^[0-9a-f]{64}$/);
    expect(sarifFaults(toSarif(findings))).toEqual([]);
  });

  it('has the three levels that SARIF knows', async () => {
    const text = 'CREATE INDEX i ON a (b); DROP TABLE c; CREATE TABLE d (id bigserial PRIMARY KEY);';
    const { runs } = toSarif(await lintSql({ path: '1.sql', text })) as Sarif;
    expect(new Set(runs[0]?.results.map(({ level }) => level))).toEqual(new Set(['error', 'warning', 'note']));
  });
});
