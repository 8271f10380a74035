import type { Impact } from '../impact/impact.ts';
import { formatPlace } from '../input-error.ts';
import { changeVerdict } from '../review/asked.ts';
import type { Review, SchemaReview } from '../review/review.ts';
import type { Finding } from '../review/rules/rule.ts';
import { changeRow, impactLine, verdictEvidence } from './comment/change-view.ts';
import { schemaHeadline } from './comment/headline.ts';
import { noLinks } from './comment/input.ts';
import { versionLine } from './comment/version-line.ts';
import { shorten } from './markdown.ts';
import { countOf } from './numbers.ts';
import { sentence } from './sentence.ts';
import { makeVisible, visibleJson } from './visible.ts';

/** Colours for a terminal that has them; plain text stays complete without. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const plainly = (text: string): string => text;
export const noPaint: Paint = { good: plainly, bad: plainly, strong: plainly, faint: plainly };

/** The report for a terminal: a line per schema, a line per change that does not pass, one witness. */
export function renderForTerminal(review: Review, impact: ReadonlyMap<string, Impact>, paint = noPaint): string {
  const lines = [
    ...review.problems.map(
      ({ place, problem, remedy }) =>
        `${paint.bad('✖')} ${paint.strong(shown(formatPlace(place)))}  ${shown(sentence(problem))} ${shown(sentence(remedy))}`,
    ),
    ...review.schemas.flatMap((schema) => schemaLines(schema, impact.get(schema.path), paint)),
  ];
  lines.push(
    ...(review.findings ?? [])
      .filter(({ waived }) => waived === undefined)
      .map((finding) => findingLine(finding, paint)),
  );
  const bad = review.schemas.filter(({ verdict }) => verdict !== 'compatible').length;
  lines.push(`${countOf(review.schemas.length, 'changed schema')}, ${bad} of them not compatible`);
  return `${lines.join('\n')}\n`;
}

function schemaLines(schema: SchemaReview, impact: Impact | undefined, paint: Paint): string[] {
  const { name, versions, says, sign } = schemaHeadline(schema);
  const mark = schema.verdict === 'compatible' ? paint.good(sign) : paint.bad(sign);
  const head = `${mark} ${paint.strong(shown(name))} ${shown(versions)}  ${says}  ${paint.faint(shown(schema.path))}`;
  const failing = (schema.comparison?.changes ?? []).filter(
    (change) => changeVerdict(schema.set.compatibility, change) !== 'compatible',
  );
  const rows = failing.map((change) => changeRow(schema, change, impact, noLinks));
  const width = Math.min(40, Math.max(0, ...rows.map(({ subject }) => shown(subject).length)));
  const changes = rows.map(
    ({ line, subject, summary, who, records }) =>
      `${String(line).padStart(6)}  ${shown(subject).padEnd(width)}  ${shown(summary)}  ${paint.faint(shown(`breaks ${who}`))}${records === undefined ? '' : `  ${records} records`}`,
  );
  const whole =
    schema.comparison && schema.verdict !== 'compatible' ? verdictEvidence(schema, schema.comparison) : undefined;
  return [
    head,
    ...changes,
    ...(schema.incomparable === undefined ? [] : [`        ${shown(sentence(schema.incomparable))}`]),
    ...(whole?.witness ? [`        witness ${shorten(visibleJson(whole.witness.document, 0), 300)}`] : []),
    ...(whole?.undecided ? [`        undecided: ${shown(whole.undecided.reason)}`] : []),
    ...[versionLine(schema), migrationLine(schema), impactLine(impact)]
      .map((line, at) => line && `        ${['version', 'migration', 'records'][at]}: ${shown(line)}`)
      .filter((line) => line !== undefined),
  ];
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

function shown(text: string): string {
  return makeVisible(text).replaceAll('\n', ' ');
}
