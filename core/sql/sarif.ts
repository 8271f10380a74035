import type { Finding, Severity } from './finding.ts';
import { rules } from './rules.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', advice: 'note' };

/** Findings as SARIF 2.1.0 (OASIS), for GitHub's code scanning and for editors. Paths are relative to the repository. */
export function toSarif(findings: readonly Finding[]): object {
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Sluice SQL',
            rules: rules.map(({ id, severity, summary }) => ({
              id,
              shortDescription: { text: summary },
              defaultConfiguration: { level: levels[severity] },
            })),
          },
        },
        // Columns are UTF-16 units, as in the findings.
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ rule, severity, place, message, rewrite, fingerprint }) => ({
          ruleId: rule,
          ruleIndex: index.get(rule) ?? -1,
          level: levels[severity],
          message: { text: rewrite === undefined ? message : `${message}\n\nInstead:\n${rewrite}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: place.path.split('/').map(encodeURIComponent).join('/') },
                region: { startLine: place.line, startColumn: place.column },
              },
            },
          ],
          partialFingerprints: { 'sluice/v1': fingerprint },
        })),
      },
    ],
  };
}
