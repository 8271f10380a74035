import { changeVerdict } from '../../review/asked.ts';
import type { SchemaReview } from '../../review/review.ts';
import { changeRow } from '../comment/change-view.ts';
import { signs } from '../comment/headline.ts';
import { noLinks } from '../comment/input.ts';
import { sideBySide } from '../comment/side-by-side.ts';
import { versionLine } from '../comment/version-line.ts';
import { countOf } from '../numbers.ts';
import { sentence } from '../sentence.ts';
import { toneOf } from '../tone.ts';
import type { HistoryEntry, SchemaHistory } from './schema-history.ts';

/** A timeline as templates and terminals show it, newest first. */
export function historyView(history: SchemaHistory, id = 'history') {
  const { name, path, entries, isCut } = history;
  return {
    id,
    name,
    path,
    isCut,
    current: entries[0]?.version ?? '(no version)',
    entries: entries.map((entry, at) => entryView(entry, entries[at + 1], `${id}-${at + 1}`, isCut)),
    ...totals(history),
  };
}

function entryView(entry: HistoryEntry, before: HistoryEntry | undefined, id: string, isCut: boolean) {
  const { review, version, problem } = entry;
  const isFirst = before === undefined && !isCut;
  const { sign, word } = answerOf(entry, isFirst);
  const changes = review?.comparison?.changes ?? [];
  const rows = changes
    .flatMap((change) => (review === undefined ? [] : [changeRow(review, change, undefined, noLinks)]))
    .map((row) => ({ ...row, isBroken: row.sign !== signs.good }));
  const bump = bumpBetween(before?.version, version);
  return {
    id,
    version: version ?? '(no version)',
    date: entry.date.slice(0, 10),
    commit: entry.commit.slice(0, 7),
    author: entry.author,
    subject: entry.subject,
    movedFrom: before !== undefined && before.path !== entry.path ? before.path : undefined,
    sign,
    tone: toneOf(sign),
    word,
    bump,
    rows: [...rows.filter(({ isBroken }) => isBroken), ...rows.filter(({ isBroken }) => !isBroken)],
    problem: problem === undefined ? undefined : sentence(problem),
    // Only what is wrong with it: a history is long enough without what is right.
    versionNote: review?.advice && !review.advice.honest ? versionLine(review) : undefined,
    migration: migrationOf(entry),
    diff: review === undefined ? undefined : sideBySide(review, { rows: 400, width: 200 }),
  };
}

function answerOf({ review, problem }: HistoryEntry, isFirst: boolean): { sign: string; word: string } {
  if (problem !== undefined) return { sign: signs.bad, word: 'cannot be read' };
  if (review === undefined) return { sign: signs.good, word: isFirst ? 'initial' : 'older entries are not shown' };
  if (review.change === 'removed') return { sign: signs.bad, word: 'removed' };
  if (review.change === 'added') return { sign: signs.good, word: 'added again' };
  if (review.verdict === 'undecided') return { sign: signs.unsure, word: 'not proved compatible' };
  if (review.verdict === 'breaking') return { sign: signs.bad, word: `breaking (${brokenIn(review)})` };
  return { sign: signs.good, word: review.comparison?.changes.length === 0 ? 'means the same' : 'compatible' };
}

function brokenIn({ comparison, set }: SchemaReview): number {
  const changes = comparison?.changes ?? [];
  return Math.max(1, changes.filter((change) => changeVerdict(set.compatibility, change) !== 'compatible').length);
}

function migrationOf({ review, migrationPath, migrationProblem }: HistoryEntry): string | undefined {
  const migration = review?.migration;
  if (migration?.status === 'given') return `${migration.path}, ${migration.proof.result}`;
  if (migration?.status === 'missing') return 'none, though stored records needed one';
  if (migration?.status === 'unusable')
    return `${migration.path} cannot be used: ${migrationProblem ?? 'it is broken'}`;
  return migrationPath;
}

/** What the declared version says of itself: which of its numbers went up. */
function bumpBetween(old: string | undefined, version: string | undefined): 'major' | 'minor' | 'patch' | undefined {
  if (old === undefined || version === undefined || old === version) return undefined;
  const [left, right] = [old, version].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  const at = [0, 1, 2].find((place) => left?.[place] !== right?.[place]);
  return at === undefined ? undefined : (['major', 'minor', 'patch'] as const)[at];
}

function totals({ entries, isCut }: SchemaHistory) {
  const versions = new Set(entries.flatMap(({ version }) => version ?? []));
  const bumps = entries.map(({ version }, at) => bumpBetween(entries[at + 1]?.version, version));
  const count = (wanted: string) => bumps.filter((bump) => bump === wanted).length;
  const breaking = entries.filter(({ review }) => review !== undefined && review.verdict !== 'compatible').length;
  const migrations = entries.filter(
    ({ review, migrationPath }) => migrationPath !== undefined || review?.migration.status === 'given',
  ).length;
  const [from, to] = [entries.at(-1)?.date.slice(0, 10), entries[0]?.date.slice(0, 10)];
  return {
    from: from ?? '',
    to: to ?? '',
    versionCount: versions.size,
    breaking,
    migrations,
    summary: `${countOf(versions.size, 'version')}${isCut ? ' shown' : ''}, ${from} to ${to}: ${count('major')} major, ${count('minor')} minor, ${count('patch')} patch; ${breaking === 0 ? 'nothing breaking' : `${breaking} breaking`}; ${countOf(migrations, 'migration')}`,
  };
}
