import type { Change } from '../compatibility/change.ts';
import type { Impact } from '../impact/impact.ts';
import { formatPlace } from '../input-error.ts';
import { changeVerdict } from '../review/asked.ts';
import type { Review, SchemaReview } from '../review/review.ts';
import type { Finding } from '../review/rules/rule.ts';
import { abridge } from './abridge.ts';
import { changeRow, verdictEvidence } from './comment/change-view.ts';
import { toldElsewhere } from './comment/findings-view.ts';
import { isPassing, schemaHeadline, signs } from './comment/headline.ts';
import { impactLine } from './comment/impact-line.ts';
import { noLinks } from './comment/input.ts';
import { versionLine } from './comment/version-line.ts';
import { countOf } from './numbers.ts';
import { sentence } from './sentence.ts';
import { fit, shown, wrapped } from './terminal-text.ts';
import { visibleJson } from './visible.ts';

/** Colours for a terminal that has them; plain text stays complete without. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

/** More advice than this is none. */
const mostAlternatives = 3;

const plainly = (text: string): string => text;
export const noPaint: Paint = { good: plainly, bad: plainly, strong: plainly, faint: plainly };

export interface TerminalOptions {
  /** Columns; lines that would be wider lose their middle. */
  readonly width?: number;
  /** Lists the changes that pass as well. */
  readonly all?: boolean;
  /** Ends with how many schemas changed; true unless given. */
  readonly total?: boolean;
}

/** The report for a terminal: a line per schema, a line per change that does not pass, one witness, what would do instead. */
export function renderForTerminal(
  review: Review,
  impact: ReadonlyMap<string, Impact>,
  paint = noPaint,
  options: TerminalOptions = {},
): string {
  const lines = [
    ...review.problems.map(
      ({ place, problem, remedy }) =>
        `${paint.bad('✖')} ${paint.strong(shown(formatPlace(place)))}  ${shown(sentence(problem))} ${shown(sentence(remedy))}`,
    ),
    ...review.schemas.flatMap((schema) => schemaLines(schema, impact.get(schema.path), paint, options)),
  ];
  lines.push(
    ...(review.findings ?? [])
      .filter(({ rule, waived }) => waived === undefined && !toldElsewhere.has(rule))
      .map((finding) => findingLine(finding, paint)),
  );
  if (options.total !== false) lines.push(totalLine(review));
  return `${lines.join('\n')}\n`;
}

function totalLine({ schemas, problems }: Review): string {
  if (schemas.length === 0 && problems.length > 0)
    return `nothing compared: ${countOf(problems.length, 'problem')} to mend`;
  const bad = schemas.filter(({ verdict }) => verdict !== 'compatible');
  const accepted = bad.filter(isPassing).length;
  return `${countOf(schemas.length, 'changed schema')}, ${bad.length} of them not compatible${accepted === 0 ? '' : ` (${accepted} accepted)`}`;
}

function schemaLines(
  schema: SchemaReview,
  impact: Impact | undefined,
  paint: Paint,
  { width = 1_000, all = false }: TerminalOptions,
): string[] {
  const { name, versions, says, sign } = schemaHeadline(schema);
  const mark = isPassing(schema) ? paint.good(sign) : paint.bad(sign);
  const path = shown(schema.path);
  const isWide = `${sign} ${shown(name)} ${shown(versions)}  ${says}  ${path}`.length > width;
  const head = `${mark} ${paint.strong(shown(name))} ${shown(versions)}  ${says}${isWide ? `\n${''.padEnd(8)}` : '  '}${paint.faint(path)}`;
  const changes = schema.comparison?.changes ?? [];
  const passes = (change: Change) => changeVerdict(schema.set.compatibility, change) === 'compatible';
  const failing = changes.filter((change) => !passes(change));
  const passing = changes.filter(passes);
  const rows = [...failing, ...(all ? passing : [])].map((change) => changeRow(schema, change, impact, noLinks));
  const column = Math.min(40, Math.max(0, ...rows.map(({ subject }) => shown(subject).length)));
  const effects = rows.map(({ sign: each, who, word }) => (each === signs.good ? word : `breaks ${who}`));
  const texts = rows.map(({ sign: each, line, subject, summary, records }, at) => {
    const effect = effects[at] ?? '';
    const row = `${String(line).padStart(all ? 5 : 6)}  ${fit(subject, column).padEnd(column)}  ${fit(summary, width - column - 10)}`;
    const fits = row.length + effect.length + 2 <= width;
    const counted = records === undefined ? '' : `  ${records} records`;
    const mark = all ? `${each} ` : '';
    const told = paint.faint(shown(effect));
    // A line that does not fit breaks before who breaks.
    const whole = `${mark}${row}${fits ? '  ' : `\n${''.padEnd(10)}`}${told}${counted}`;
    return { fits, whole, short: `${mark}${row.trimEnd()}${counted}` };
  });
  // What is the same for all, and does not fit next to each, is said once.
  const isSaidOnce = rows.length > 1 && new Set(effects).size === 1 && texts.some(({ fits }) => !fits);
  const lines = isSaidOnce
    ? [`        each ${paint.faint(shown(effects[0] ?? ''))}:`, ...texts.map(({ short }) => short)]
    : texts.map(({ whole }) => whole);
  const whole =
    schema.comparison && schema.verdict !== 'compatible' ? verdictEvidence(schema, schema.comparison) : undefined;
  const details: [string, string | undefined][] = [
    ['', schema.incomparable === undefined ? undefined : sentence(schema.incomparable)],
    ['witness ', whole?.witness && visibleJson(abridge(whole.witness.document), 0)],
    [
      '  ',
      whole?.witness &&
        `valid under ${whole.witness.validUnder}; under ${whole.witness.refusedUnder}, ${whole.witness.at || 'it'} ${whole.witness.message}`,
    ],
    ['undecided: ', whole?.undecided?.reason],
    ...[...new Set(failing.flatMap(({ alternative }) => alternative ?? []))]
      .slice(0, mostAlternatives)
      .map((alternative): [string, string] => ['instead: ', sentence(alternative)]),
    ['accepted: ', schema.acceptance?.state === 'accepted' ? schema.acceptance.reason : undefined],
    ['version: ', versionLine(schema)],
    ['migration: ', migrationLine(schema)],
    ['records: ', impactLine(impact)],
  ];
  return [
    head,
    ...lines,
    ...details.flatMap(([label, text]) => (text === undefined ? [] : labelled(label, text, width))),
    ...(!all && failing.length > 0 && passing.length > 0
      ? [paint.faint(`        and ${countOf(passing.length, 'compatible change')}`)]
      : []),
  ];
}

/** A witness may be long; more of it than this is in the other formats. */
const longestDetail = 600;

function labelled(label: string, text: string, width: number): string[] {
  const lines = wrapped(fit(text, longestDetail), width - 8 - label.length);
  return lines.map((line, at) => `        ${at === 0 ? label : ''.padEnd(label.length)}${line}`);
}

function findingLine({ rule, severity, place, message, remedy }: Finding, paint: Paint): string {
  const mark = severity === 'error' ? paint.bad('✖ error') : severity;
  return `${mark} ${paint.strong(shown(formatPlace(place)))}  ${shown(sentence(message))} ${shown(sentence(remedy))}  ${paint.faint(rule)}`;
}

function migrationLine({ migration }: SchemaReview): string | undefined {
  if (migration.status === 'missing') return `${migration.path} is missing`;
  if (migration.status === 'unusable') return `${migration.path} cannot be used`;
  return migration.status === 'given' ? `${migration.path} is ${migration.proof.result}` : undefined;
}
