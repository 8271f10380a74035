import { type SarifLevel, sarifLog } from '../sarif/sarif-log.ts';
import type { Finding, Severity } from './finding.ts';
import { rules } from './rules.ts';

const levels: Readonly<Record<Severity, SarifLevel>> = { error: 'error', warning: 'warning', advice: 'note' };

/** Findings as SARIF, with all rules there are. */
export function toSarif(findings: readonly Finding[]): object {
  return sarifLog(
    rules.map(({ id, severity, summary }) => ({ id, level: levels[severity], summary })),
    findings.map(({ rule, severity, place, message, rewrite, fingerprint }) => ({
      rule,
      level: levels[severity],
      message: rewrite === undefined ? message : `${message}\n\nInstead:\n${rewrite}`,
      place,
      fingerprint,
    })),
    { tool: 'Sluice SQL' },
  );
}
