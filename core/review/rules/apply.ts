import type { SchemaBundle } from '../../schema/document.ts';
import { rules } from './index.ts';
import type { Finding, PullRequestSubject, RawFinding } from './rule.ts';
import { waiverOf } from './waivers.ts';

/** All findings, with the severities and waivers of the configuration; each once, however many schemas share the place. */
export async function applyRules(subject: PullRequestSubject): Promise<Finding[]> {
  const { subjects, configuration } = subject;
  const findings: Finding[] = [];
  for (const rule of rules) {
    const severity = configuration.rules?.get(rule.id) ?? rule.severity;
    if (severity === 'off') continue;
    const add = (raw: RawFinding, bundle?: SchemaBundle): void => {
      const waived = waiverOf(rule, raw, configuration.waivers, bundle);
      findings.push({ rule: rule.id, severity, ...raw, ...(waived === undefined ? {} : { waived }) });
    };
    for (const one of subjects) for (const raw of rule.schema?.(one) ?? []) add(raw, one.bundle);
    for (const raw of (await rule.pullRequest?.(subject)) ?? []) add(raw);
  }
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
