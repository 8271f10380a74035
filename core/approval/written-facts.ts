import type { Fingerprint } from '../review/review.ts';
import { noCodeOwners, ownersOf } from './codeowners/owners-of.ts';
import { parseCodeOwners } from './codeowners/parse.ts';
import { includesLogin, sameLogin } from './eligibility.ts';
import type { ApprovalFacts } from './facts.ts';
import type { WrittenFacts, WrittenSubject } from './facts-file.ts';
import type { Subject } from './subject.ts';

const now = 'what is there now' as Fingerprint;

/** What a file says of a pull request, as the decision asks for it. Who is in no list is nobody. */
export function writtenFacts(written: WrittenFacts): {
  readonly facts: ApprovalFacts;
  readonly fingerprint: Fingerprint | undefined;
} {
  const { author = '', contributors = [author], teams = {}, permissions = {}, schemas = [], reviews = [] } = written;
  const lines = written.codeowners === undefined ? undefined : parseCodeOwners(written.codeowners);
  const facts: ApprovalFacts = {
    author,
    subjects: schemas.map(subject),
    contributors: () => Promise.resolve(contributors),
    reviews: () =>
      Promise.resolve(
        reviews.map((review) => ({
          login: review.by,
          isBot: review.bot ?? false,
          opinion: review.opinion ?? 'approved',
          commit: review['before-push'] === true ? 'before' : 'head',
          fingerprint: now,
          ...(review.stale === undefined ? {} : { outdated: review.stale }),
        })),
      ),
    isMember: (team, login) => {
      const members = Object.entries(teams).find(([name]) => sameLogin(name, team))?.[1] ?? [];
      return Promise.resolve(includesLogin(members, login));
    },
    permission: (login) =>
      Promise.resolve(Object.entries(permissions).find(([name]) => sameLogin(name, login))?.[1] ?? 'none'),
    pushedSince: (commit) => Promise.resolve(commit === 'before'),
    codeOwners: (path) => Promise.resolve(lines === undefined ? noCodeOwners : ownersOf(lines, path)),
  };
  return { facts, fingerprint: schemas.length === 0 ? undefined : now };
}

function subject(written: WrittenSubject): Subject {
  return {
    path: written.path,
    previousPath: written['previous-path'],
    verdict: written.verdict ?? 'breaking',
    changes: written.changes,
    severity: written.severity,
    records: written.records,
    environment: written.environment,
    lossy: written.lossy,
  };
}
