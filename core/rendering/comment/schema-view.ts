import type { Impact } from '../../impact/impact.ts';
import { changeVerdict } from '../../review/asked.ts';
import type { SchemaReview } from '../../review/review.ts';
import { formatCount } from '../numbers.ts';
import { sentence } from '../sentence.ts';
import { changeEvidence, changeRow, verdictEvidence } from './change-view.ts';
import { schemaHeadline } from './headline.ts';
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
  const evidence = shown.slice(0, extent.evidence).map((change) => changeEvidence(schema, change, impact));
  const whole = comparison && schema.verdict !== 'compatible' ? verdictEvidence(schema, comparison) : undefined;
  const migration = migrationView(schema, links);
  return {
    headline: schemaHeadline(schema),
    path: schema.path,
    pathUrl: schema.change === 'removed' ? links.line(schema.path, 1, 'old') : links.line(schema.path, 1, 'new'),
    previousPath: schema.previousPath,
    through: schema.through,
    mode: set.compatibility,
    isTransitive: set.compatibility.endsWith('_TRANSITIVE'),
    otherwise: otherwiseLine(schema),
    version: versionLine(schema),
    versionEdit: versionEdit(schema, links),
    impact: impactLine(impact),
    hasRecords: impact?.status === 'counted',
    incomparable: schema.incomparable === undefined ? undefined : sentence(schema.incomparable),
    rows: together ? passingRows : rows.slice(0, mostInSight),
    // Of many changes the first tell what it is about.
    moreRows: rows.slice(mostInSight),
    moreCount: Math.max(0, rows.length - mostInSight),
    folded: together ? [] : passingRows,
    foldedCount: passing.length,
    hidden: changes.length - shown.length - shownPassing.length,
    evidence: evidence.filter(({ witness, undecided, alternative }) => witness || undecided || alternative),
    moreEvidence: Math.max(0, shown.length - extent.evidence),
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
