import type { Place } from '../input-error.ts';

export type SarifLevel = 'error' | 'warning' | 'note';

export interface SarifRule {
  readonly id: string;
  readonly level: SarifLevel;
  /** One sentence. */
  readonly summary: string;
  /** What to do, in plain text; absent: the summary says it. */
  readonly help?: string;
}

export interface SarifResult {
  readonly rule: string;
  readonly level: SarifLevel;
  readonly message: string;
  readonly place: Place;
  /** The same for the same finding, wherever it moves in its file: by it the alerts of two runs are told apart. */
  readonly fingerprint: string;
}

/**
 * One SARIF 2.1.0 file (OASIS) with one run, for GitHub's code scanning and for editors. Paths are relative to the repository.
 * @param options.category tells several runs on one commit apart; results of another category stay as they are
 */
export function sarifLog(
  rules: readonly SarifRule[],
  results: readonly SarifResult[],
  options: { readonly tool: string; readonly category?: string },
): object {
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: options.tool, rules: rules.map(descriptor) } },
        ...(options.category === undefined ? {} : { automationDetails: { id: `${options.category}/` } }),
        // Columns are UTF-16 units, as in the findings.
        columnKind: 'utf16CodeUnits',
        results: results.map(({ rule, level, message, place, fingerprint }) => ({
          ruleId: rule,
          ruleIndex: index.get(rule) ?? -1,
          level,
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: place.path.split('/').map(encodeURIComponent).join('/') },
                region: {
                  startLine: place.line ?? 1,
                  ...(place.column === undefined ? {} : { startColumn: place.column }),
                },
              },
            },
          ],
          // GitHub knows an alert again by the first; the second names what it is made of.
          partialFingerprints: { primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1`, 'sluice/v1': fingerprint },
        })),
      },
    ],
  };
}

function descriptor({ id, level, summary, help = summary }: SarifRule): object {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: help },
    defaultConfiguration: { level },
  };
}
