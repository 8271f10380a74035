import type { SchemaBundle } from '../../schema/document.ts';
import { rules } from './index.ts';
import type { Finding, PullRequestSubject, RawFinding } from './rule.ts';
import { type Waived, waiverOf } from './waivers.ts';

/** All findings, with the severities and waivers of the configuration; each once, however many schemas share the place. */
export async function applyRules(subject: PullRequestSubject): Promise<Finding[]> {
  const { subjects, configuration, today } = subject;
  const findings: Finding[] = [];
  for (const rule of rules) {
    const severity = configuration.rules?.get(rule.id) ?? rule.severity;
    if (severity === 'off') continue;
    const add = (raw: RawFinding, bundle?: SchemaBundle): void => {
      const waiver = waiverOf(rule, raw, configuration.waivers, bundle, today);
      findings.push({ rule: rule.id, severity, ...raw, ...(waiver === undefined ? {} : shown(raw, waiver)) });
    };
    for (const one of subjects) for (const raw of rule.schema?.(one) ?? []) add(raw, one.bundle);
    for (const raw of (await rule.pullRequest?.(subject)) ?? []) add(raw);
  }
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function shown(raw: RawFinding, { reason, until, isOver }: Waived & { isOver: boolean }): Partial<Finding> {
  const end = until === undefined ? {} : { until };
  if (isOver)
    return { message: `${raw.message} (its waiver ended on ${until}: ${reason})`, expired: { reason, ...end } };
  return { waived: until === undefined ? reason : `${reason} (until ${until})` };
}
