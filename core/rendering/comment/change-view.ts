import type { Change } from '../../compatibility/change.ts';
import type { Verdict } from '../../compatibility/verdict.ts';
import { attribute } from '../../impact/attribute.ts';
import type { Impact } from '../../impact/impact.ts';
import { askedDirections, changeVerdict, type Direction } from '../../review/asked.ts';
import type { SchemaReview } from '../../review/review.ts';
import { shortenMiddle } from '../markdown.ts';
import { sentence } from '../sentence.ts';
import { signs } from './headline.ts';
import { recordsOf } from './impact-line.ts';
import type { Links } from './input.ts';

const longestSummary = 300;

/** A row of the table of changes. */
export function changeRow(schema: SchemaReview, change: Change, impact: Impact | undefined, links: Links) {
  const mode = schema.set.compatibility;
  const answer = changeVerdict(mode, change);
  const passes = answer === 'compatible';
  const breaksNobody = change.backward.verdict === 'compatible' && change.forward.verdict === 'compatible';
  return {
    sign: passes ? signs.good : answer === 'breaking' ? signs.bad : signs.unsure,
    word: !passes ? answer : breaksNobody ? 'compatible' : `allowed by ${mode}`,
    subject: change.subject === '' ? 'the whole document' : change.subject,
    isWhole: change.subject === '',
    url: links.line(change.path, change.line, change.side),
    place: `${change.path}:${change.line}`,
    line: change.line,
    summary: shortenMiddle(change.summary, longestSummary),
    who: whoBreaks(schema, change, passes ? ['backward', 'forward'] : askedDirections(mode)),
    records: impact?.status === 'counted' ? recordsOf(change, impact, passes) : undefined,
  };
}

/** Who breaks in some directions, with the versions by their names. */
function whoBreaks({ oldVersion, newVersion }: SchemaReview, change: Change, directions: readonly Direction[]): string {
  const readers = {
    backward: `services on ${newVersion ?? 'the new version'} that read old records`,
    forward: `services still on ${oldVersion ?? 'the old version'} that read new records`,
  };
  const broken = directions.filter((direction) => change[direction].verdict !== 'compatible');
  if (broken.length === 0) return directions.length === 0 ? (change.breaks ?? 'nobody') : 'nobody';
  return broken.map((direction) => readers[direction]).join('; ');
}

/** Why a change does not pass: a document that shows it, or why nothing is proved; and the stored records that fail by it. */
export function changeEvidence(schema: SchemaReview, change: Change, impact: Impact | undefined) {
  return {
    subject: change.subject === '' ? 'the whole document' : change.subject,
    summary: shortenMiddle(change.summary, longestSummary),
    before: change.before,
    after: change.after,
    hasSides: change.before !== undefined || change.after !== undefined,
    hasBefore: change.before !== undefined,
    hasAfter: change.after !== undefined,
    alternative: change.alternative === undefined ? undefined : sentence(change.alternative),
    keys: failingKeys(schema, change, impact),
    ...verdictEvidence(schema, change),
  };
}

/** Keys of records among the samples that fail by this change. */
function failingKeys({ set, comparison }: SchemaReview, change: Change, impact: Impact | undefined): string[] {
  if (impact?.status !== 'counted' || impact.samples.length === 0) return [];
  const changes = (comparison?.changes ?? []).filter(
    (each) => changeVerdict(set.compatibility, each) !== 'compatible' || each.backward.verdict !== 'compatible',
  );
  return impact.samples.filter(({ violations }) => attribute(violations, changes).has(change)).map(({ key }) => key);
}

/** The same for the schema as a whole, or for one change of it. */
export function verdictEvidence(schema: SchemaReview, pair: { backward: Verdict; forward: Verdict }) {
  const { oldVersion, newVersion, set } = schema;
  const asked = askedDirections(set.compatibility);
  const direction = asked.find((each) => pair[each].verdict === 'breaking');
  const broken = direction && pair[direction];
  const open = asked.map((each) => pair[each]).find(({ verdict }) => verdict === 'undecided');
  const named = oldVersion !== undefined && newVersion !== undefined && oldVersion !== newVersion;
  const [older, newer] = named ? [oldVersion, newVersion] : ['the old version', 'the new version'];
  return {
    witness:
      broken?.verdict === 'breaking'
        ? {
            document: broken.witness,
            validUnder: direction === 'forward' ? newer : older,
            refusedUnder: direction === 'forward' ? older : newer,
            at: broken.violation.at,
            message: sentence(broken.violation.message),
          }
        : undefined,
    undecided:
      broken === undefined && open?.verdict === 'undecided'
        ? { reason: sentence(open.reason), at: open.pointer === '' ? 'the whole schema' : open.pointer }
        : undefined,
  };
}
