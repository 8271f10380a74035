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

/** More notes than this fold away. */
const mostInSight = 3;

/** What the rules found, as it is listed in a report; `waived` apart, with the reasons. */
export function findingsView({ findings = [] }: Review, links: Links, most: number) {
  const counted = findings.filter(({ rule, waived }) => waived === undefined && !toldElsewhere.has(rule));
  const waived = findings.filter((finding) => finding.waived !== undefined);
  const errors = counted.filter(({ severity }) => severity === 'error');
  const notes = counted.filter(({ severity }) => severity !== 'error');
  return {
    // What fails the check stands before the schemas, what does not after them.
    findings: errors.slice(0, most).map((finding) => row(finding, links)),
    hiddenFindings: Math.max(0, errors.length - most),
    notes: notes.slice(0, most).map((finding) => row(finding, links)),
    hiddenNotes: Math.max(0, notes.length - most),
    noteCount: notes.length,
    manyNotes: notes.length > mostInSight,
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
