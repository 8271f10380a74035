import type { Configuration } from '../../configuration/configuration.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import type { ChangedFile, SchemaReview, Tree } from '../review.ts';
import { rules } from './index.ts';
import type { Finding, RawFinding, Rule } from './rule.ts';
import { waiverOf } from './waivers.ts';

/** All findings, with the severities and waivers of the configuration. */
export async function applyRules(subject: {
  readonly reviewed: readonly { readonly review: SchemaReview; readonly bundle: SchemaBundle | undefined }[];
  readonly changedFiles: readonly ChangedFile[];
  readonly head: Tree;
  readonly configuration: Configuration;
}): Promise<Finding[]> {
  const { reviewed, changedFiles, head, configuration } = subject;
  const reviews = reviewed.map(({ review }) => review);
  const findings: Finding[] = [];
  for (const rule of rules) {
    const severity = configuration.rules?.get(rule.id) ?? rule.severity;
    if (severity === 'off') continue;
    const add = (raw: RawFinding, bundle?: SchemaBundle): void => {
      const waived = waiverOf(rule.id, raw, configuration.waivers, bundle);
      findings.push({ rule: rule.id, severity, ...raw, ...(waived === undefined ? {} : { waived }) });
    };
    for (const { review, bundle } of reviewed) {
      for (const raw of schemaFindings(rule, review, bundle)) add(raw, bundle);
    }
    for (const raw of (await rule.pullRequest?.({ reviews, changedFiles, head })) ?? []) add(raw);
  }
  return findings;
}

function schemaFindings(rule: Rule, review: SchemaReview, bundle: SchemaBundle | undefined): readonly RawFinding[] {
  return rule.schema?.({ review, bundle }) ?? [];
}
