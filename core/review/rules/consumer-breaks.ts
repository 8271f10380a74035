import { compare } from '../../compatibility/compare.ts';
import type { Verdict } from '../../compatibility/verdict.ts';
import type { Consumer } from '../../configuration/configuration.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import { compareVersions } from '../layout/version-order.ts';
import { loadComponent, loadSide, type Side } from '../load-side.ts';
import type { SchemaReview } from '../review.ts';
import type { PullRequestSubject, RawFinding, Rule, SchemaSubject } from './rule.ts';

const longestWitness = 300;

export const consumerBreaks: Rule = {
  id: 'consumer-breaks',
  asks: 'Services that stay on another version still get along: readers can read what is new, writers are still understood.',
  severity: 'error',
  inlineWaivers: false,
  pullRequest: async (subject) => {
    const { subjects, configuration } = subject;
    const findings: RawFinding[] = [];
    for (const one of subjects) {
      for (const consumer of configuration.consumers ?? []) {
        if (consumer.schema !== one.review.name) continue;
        if (consumer.reads !== undefined)
          findings.push(...(await judged(one, consumer, 'reads', consumer.reads, subject)));
        if (consumer.writes !== undefined)
          findings.push(...(await judged(one, consumer, 'writes', consumer.writes, subject)));
      }
    }
    return findings;
  },
};

function isSame(version: string | undefined, other: string): boolean {
  return version !== undefined && compareVersions(version, other) === 0;
}

type Use = 'reads' | 'writes';

async function judged(
  { review, bundle }: SchemaSubject,
  consumer: Consumer,
  use: Use,
  version: string,
  subject: PullRequestSubject,
): Promise<RawFinding[]> {
  const { name, path, change, newVersion, oldVersion, file } = review;
  const { service } = consumer;
  const place = { path, line: bundle?.root.locate('').line ?? 1 };
  const uses = `${service}, which ${use} ${version}`;
  if (change === 'removed') {
    // Of one file per version only the one that is used concerns its users.
    if (file && compareVersions(file.version, version) !== 0) return [];
    return [
      {
        place,
        message: `${name} is removed: that breaks ${uses}`,
        remedy: `Keep it until ${service} needs it no more.`,
      },
    ];
  }
  // It has moved on already. A version that changes and keeps its number is compared all the same.
  if (!bundle || (isSame(newVersion, version) && !isSame(oldVersion, version))) return [];
  const next = newVersion ?? 'the new version';
  const pinned = await versionOf(review, consumer, version, subject);
  if (pinned.state !== 'loaded') {
    const why = pinned.state === 'unreadable' ? pinned.problem.problem : 'no file of the base branch has that version';
    const remedy = 'Keep a copy of that version in the repository, and name it with `file` beside the consumer.';
    return [{ place, message: `Nobody knows whether ${next} of ${name} breaks ${uses}: ${why}`, remedy }];
  }
  const verdict = verdictFor(use, pinned.bundle, bundle, review);
  if (verdict.verdict === 'compatible') return [];
  const remedy = `Move ${service} to ${next} first, or make the change compatible with ${version}.`;
  if (verdict.verdict === 'undecided') {
    return [
      { place, message: `${next} of ${name} is not proved to get along with ${uses}: ${verdict.reason}`, remedy },
    ];
  }
  const shown = JSON.stringify(verdict.witness);
  const document = shown.length <= longestWitness ? shown : `${shown.slice(0, longestWitness)}…`;
  const refuser = use === 'reads' ? `${service} refuses` : `${next} refuses`;
  const why = `${verdict.violation.at || 'the document'} ${verdict.violation.message}`;
  return [{ place, message: `${next} of ${name} breaks ${uses}: ${refuser} ${document} (${why})`, remedy }];
}

/** A reader must find every new document valid; a writer's documents must be valid from now on. */
function verdictFor(use: Use, pinned: SchemaBundle, next: SchemaBundle, { set }: SchemaReview): Verdict {
  const { formatAssertion, producers = 'open' } = set;
  const mode = use === 'reads' ? 'FORWARD' : 'BACKWARD';
  const comparison = compare(pinned, next, { mode, formatAssertion, producers });
  return use === 'reads' ? comparison.forward : comparison.backward;
}

async function versionOf(
  { path, previousPath, comparedWith, oldVersion, file, component }: SchemaReview,
  consumer: Consumer,
  version: string,
  { base, head, versions }: PullRequestSubject,
): Promise<Side> {
  const onBase = (from: string): Promise<Side> =>
    component === undefined ? loadSide((each) => base.read(each), from) : loadComponent(base, from, component);
  if (consumer.file !== undefined) return onBase(consumer.file);
  const own = file && versions.of(file.family).find((one) => compareVersions(one.version, version) === 0);
  if (own) return own.side === 'base' ? onBase(own.path) : loadSide((each) => head.read(each), own.path);
  if (isSame(oldVersion, version)) {
    return onBase(comparedWith?.path ?? previousPath ?? path);
  }
  return { state: 'absent' };
}
