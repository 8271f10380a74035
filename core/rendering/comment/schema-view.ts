import type { Change } from '../../compatibility/change.ts';
import type { CompatibilityMode } from '../../compatibility/verdict.ts';
import type { Impact } from '../../impact/impact.ts';
import { changeVerdict } from '../../review/asked.ts';
import type { SchemaReview } from '../../review/review.ts';
import { formatCount } from '../numbers.ts';
import { sentence } from '../sentence.ts';
import { changeEvidence, changeRow, verdictEvidence } from './change-view.ts';
import { schemaHeadline, signs } from './headline.ts';
import { impactLine } from './impact-line.ts';
import type { Links } from './input.ts';
import { migrationView } from './migration-view.ts';
import { sideBySide } from './side-by-side.ts';
import { versionEdit } from './version-edit.ts';
import { versionLine } from './version-line.ts';

/** How much of each schema a report shows. */
export interface Extent {
  readonly changes: number;
  readonly evidence: number;
  readonly proposal: boolean;
  /** Rows of the two versions side by side. */
  readonly diff: number;
}

/** From so many explanations on, each change has its own. */
export const everyEvidence = 1_000;

/** Rows of the table that do not hide behind a fold. */
const mostInSight = 12;

/** Characters of a line in a column, of which two stand next to each other. */
const columnWidth = 48;

/** One schema's part of a report. */
export function schemaView(schema: SchemaReview, impact: Impact | undefined, links: Links, extent: Extent) {
  const { set, comparison } = schema;
  const changes = comparison?.changes ?? [];
  const failing = changes.filter((change) => changeVerdict(set.compatibility, change) !== 'compatible');
  const passing = changes.filter((change) => changeVerdict(set.compatibility, change) === 'compatible');
  const shown = failing.slice(0, extent.changes);
  const shownPassing = passing.slice(0, Math.max(0, extent.changes - shown.length));
  const rows = shown.map((change) => changeRow(schema, change, impact, links));
  const passingRows = shownPassing.map((change) => changeRow(schema, change, impact, links));
  // Where nothing breaks, the compatible changes are the news; else they are what a reader needs last.
  const together = failing.length === 0 && passing.length <= mostInSight;
  const { groups, left } = alike(shown, set.compatibility, extent);
  const evidence = groups.map(({ first, others }) => ({
    ...changeEvidence(schema, first, impact),
    others,
    // Two folds under one name would not tell which is which.
    byWhat: groups.filter((each) => each.first.subject === first.subject).length > 1,
  }));
  const whole = comparison && schema.verdict !== 'compatible' ? verdictEvidence(schema, comparison) : undefined;
  const migration = migrationView(schema, links);
  const hasRecords = impact?.status === 'counted';
  return {
    headline: schemaHeadline(schema),
    path: schema.path,
    pathUrl: schema.change === 'removed' ? links.line(schema.path, 1, 'old') : links.line(schema.path, 1, 'new'),
    previousPath: schema.previousPath,
    through: schema.through,
    mode: set.compatibility,
    isTransitive: set.compatibility.endsWith('_TRANSITIVE'),
    otherwise: otherwiseLine(schema),
    accepted: schema.acceptance?.state === 'accepted' ? schema.acceptance : undefined,
    version: versionLine(schema),
    versionEdit: versionEdit(schema, links),
    impact: impactLine(impact),
    hasRecords,
    incomparable: schema.incomparable === undefined ? undefined : sentence(schema.incomparable),
    rows: tableOf(together ? passingRows : rows.slice(0, mostInSight), hasRecords, sameWho(rows)),
    // Of many changes the first tell what it is about.
    moreRows: tableOf(rows.slice(mostInSight), hasRecords, sameWho(rows)),
    moreCount: Math.max(0, rows.length - mostInSight),
    folded: together ? undefined : tableOf(passingRows, hasRecords, sameWho(passingRows)),
    foldedCount: passing.length,
    hidden: changes.length - shown.length - shownPassing.length,
    evidence: evidence.filter(({ witness, undecided, alternative }) => witness || undecided || alternative),
    moreEvidence: left,
    // No change by itself shows why the whole does not pass.
    whole:
      whole &&
      !evidence.some(({ witness, undecided }) => witness ?? undecided) &&
      (extent.evidence > 0 || failing.length === 0)
        ? whole
        : undefined,
    samples: samplesView(impact, extent),
    diff: extent.diff === 0 ? undefined : sideBySide(schema, { rows: extent.diff, width: columnWidth }),
    migration: migration && { ...migration, proposal: extent.proposal ? readable(migration.proposal) : undefined },
  };
}

type ChangeRow = ReturnType<typeof changeRow>;

/** From so many rows on, what is the same in all of them is said once. */
const manyRows = 6;

/** Who breaks by each of many changes; undefined: they are few, or not the same. */
export function sameWho(rows: readonly Pick<ChangeRow, 'who'>[]): string | undefined {
  const [first] = rows;
  return rows.length >= manyRows && rows.every(({ who }) => who === first?.who) ? first?.who : undefined;
}

/** Undefined: there is no row. */
function tableOf(rows: readonly ChangeRow[], hasRecords: boolean, who: string | undefined) {
  if (rows.length === 0) return undefined;
  const isSure = rows.every(({ sign }) => sign !== signs.unsure);
  return { rows, hasRecords, who, hasWho: who === undefined, isSure, isHarmless: who === 'nobody' };
}

/** Names of changes alike that one explanation names. */
const mostNamed = 8;

/**
 * Changes of one kind that say the same are explained once, by the first of them; the whole report explains each.
 * `left`: how many changes are not spoken of.
 */
function alike(changes: readonly Change[], mode: CompatibilityMode, { evidence }: Extent) {
  const isWhole = evidence >= everyEvidence;
  const byKind = new Map<string, Change[]>();
  for (const [at, change] of changes.entries()) {
    const key = isWhole ? String(at) : `${changeVerdict(mode, change)} ${change.kind} ${change.summary}`;
    byKind.set(key, [...(byKind.get(key) ?? []), change]);
  }
  const told = [...byKind.values()].slice(0, evidence);
  const groups = told.flatMap(([first, ...rest]) => {
    const names = rest.slice(0, mostNamed).map(({ subject }) => subject || 'the whole document');
    return first === undefined
      ? []
      : [{ first, others: { count: rest.length, names, more: rest.length - names.length } }];
  });
  return { groups, left: changes.length - told.reduce((sum, each) => sum + each.length, 0) };
}

/** Nobody reads lines of thousands of characters; cut, they would be no proposal any more. */
function readable(proposal: string | undefined): string | undefined {
  return proposal?.split('\n').some((line) => line.length > 500) === true ? undefined : proposal;
}

/** What another assumption about writers would change. */
function otherwiseLine({ comparison }: SchemaReview): string | undefined {
  const otherwise = comparison?.otherwise;
  if (otherwise?.producers !== 'closed' || otherwise.verdict !== 'compatible') return undefined;
  return 'It would pass if writers emit declared properties only; if they do, say `producers: closed` in `.github/sluice.yml`.';
}

function samplesView(impact: Impact | undefined, { evidence }: Extent) {
  if (impact?.status !== 'counted' || impact.samples.length === 0 || evidence === 0) return undefined;
  return {
    count: formatCount(impact.samples.length),
    records: impact.samples.map(({ key, violations, record }) => ({
      key,
      reasons: violations.slice(0, 3).map(({ at, message }) => ({ at: at === '' ? 'the record' : at, message })),
      record,
    })),
  };
}
