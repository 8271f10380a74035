import type { Review } from '../../review/review.ts';
import type { Finding } from '../../review/rules/rule.ts';
import { sentence } from '../sentence.ts';
import { signs } from './headline.ts';
import type { Links } from './input.ts';

/** These are told with their schema already: version and migration have lines of their own there. */
export const toldElsewhere: ReadonlySet<string> = new Set([
  'version-bump',
  'migration-missing',
  'migration-proof',
  'migration-loses',
]);

/** What the rules found, as it is listed in a report; `waived` apart, with the reasons. */
export function findingsView({ findings = [] }: Review, links: Links, most: number) {
  const counted = findings.filter(({ rule, waived }) => waived === undefined && !toldElsewhere.has(rule));
  const waived = findings.filter((finding) => finding.waived !== undefined);
  return {
    findings: counted.slice(0, most).map((finding) => row(finding, links)),
    hiddenFindings: Math.max(0, counted.length - most),
    waived: waived.slice(0, most).map((finding) => ({ ...row(finding, links), reason: finding.waived })),
    waivedCount: waived.length,
  };
}

function row({ rule, severity, place, message, remedy }: Finding, links: Links) {
  return {
    rule,
    sign: severity === 'error' ? signs.bad : '',
    severity,
    place: place.line === undefined ? place.path : `${place.path}:${place.line}`,
    url: links.line(place.path, place.line ?? 1, 'new'),
    message: sentence(message),
    remedy: sentence(remedy),
  };
}
