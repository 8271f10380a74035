import type { Change } from '../compatibility/change.ts';
import { InputError } from '../input-error.ts';
import { askedDirections, changeVerdict } from '../review/asked.ts';
import type { Review, SchemaReview } from '../review/review.ts';
import type { Finding } from '../review/rules/rule.ts';
import { parseSchema } from '../schema/parse.ts';
import { isPassing } from './comment/headline.ts';
import { shorten } from './markdown.ts';
import { sentence } from './sentence.ts';
import { onOneLine } from './visible.ts';

/** A note at a line of a file of the head commit, in plain text. */
export interface Annotation {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column?: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** What a review has to say at lines: problems, changes that do not pass, findings of the rules. */
export function reviewAnnotations(review: Review): Annotation[] {
  return [
    ...review.problems.map(problemAnnotation),
    ...review.schemas.flatMap(schemaAnnotations),
    ...(review.findings ?? []).filter(({ waived }) => waived === undefined).map(findingAnnotation),
  ];
}

const levels = { error: 'failure', warning: 'warning', notice: 'notice' } as const;

function findingAnnotation({ rule, severity, place, message, remedy }: Finding): Annotation {
  const { path, line = 1, column } = place;
  return {
    path,
    line,
    ...(column === undefined ? {} : { column }),
    level: levels[severity],
    title: `Sluice: ${rule}`,
    message: plain(`${sentence(message)} ${sentence(remedy)}`),
  };
}

function problemAnnotation({ place, problem, remedy }: Review['problems'][number]): Annotation {
  const { path, line = 1, column } = place;
  const message = plain(`${sentence(problem)} ${sentence(remedy)}`);
  return {
    path,
    line,
    ...(column === undefined ? {} : { column }),
    level: 'failure',
    title: 'Sluice: to mend',
    message,
  };
}

function schemaAnnotations(schema: SchemaReview): Annotation[] {
  const { set, comparison, path } = schema;
  const annotations = (comparison?.changes ?? [])
    .filter((change) => changeVerdict(set.compatibility, change) !== 'compatible')
    .map((change) => changeAnnotation(schema, change));
  if (schema.incomparable !== undefined) {
    annotations.push({
      path,
      line: 1,
      level: isPassing(schema) ? 'notice' : 'failure',
      title: isPassing(schema) ? 'Sluice: not compared, accepted' : 'Sluice: not compared',
      message: plain(sentence(schema.incomparable)),
    });
  }
  return annotations;
}

function changeAnnotation(schema: SchemaReview, change: Change): Annotation {
  const verdict = changeVerdict(schema.set.compatibility, change);
  const answers = askedDirections(schema.set.compatibility).map((direction) => change[direction]);
  const broken = answers.find((answer) => answer.verdict === 'breaking');
  const open = answers.find((answer) => answer.verdict === 'undecided');
  const why =
    broken?.verdict === 'breaking'
      ? `A document that shows it: ${shorten(JSON.stringify(broken.witness), 500)} (${broken.violation.at || 'the document'} ${broken.violation.message}).`
      : open?.verdict === 'undecided'
        ? `Neither proved nor refuted: ${open.reason}.`
        : '';
  const instead = change.alternative === undefined ? '' : `Compatible instead: ${sentence(change.alternative)}`;
  // What is gone has no line in the new file: its nearest ancestor there has.
  const isGone = change.side === 'old' && schema.change === 'modified';
  return {
    path: isGone && change.path === schema.previousPath ? schema.path : change.path,
    line: isGone && change.path === (schema.previousPath ?? schema.path) ? lineOf(schema, change.pointer) : change.line,
    level: isPassing(schema) ? 'notice' : 'failure',
    title: plain(
      `Sluice: ${verdict === 'breaking' ? 'breaking' : 'not proved compatible'}${isPassing(schema) ? ', accepted' : ''}`,
    ),
    message: plain(`${change.subject || 'The whole document'}: ${sentence(change.summary)} ${why} ${instead}`),
  };
}

function lineOf({ path, newText }: SchemaReview, pointer: string): number {
  if (newText === undefined) return 1;
  try {
    return parseSchema({ path, text: newText }).locate(pointer).line;
  } catch (error) {
    if (error instanceof InputError) return 1;
    throw error;
  }
}

/** Annotations are shown as they are: no markdown, one paragraph. */
function plain(text: string): string {
  return shorten(onOneLine(text).trim(), 2_000);
}
