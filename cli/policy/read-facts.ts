import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import { LineCounter, parseDocument } from 'yaml';
import { factsProperties, type WrittenFacts } from '../../core/approval/facts-file.ts';
import { explain } from '../../core/configuration/explain.ts';
import { placeIn } from '../../core/configuration/place.ts';
import { formatPlace, InputError } from '../../core/input-error.ts';
import type { Problem } from '../../core/review/review.ts';
import { readError } from '../read-error.ts';
import { utf8Text } from '../utf8-text.ts';

/** One case of `sluice policy test`. */
export interface PolicyCase extends WrittenFacts {
  readonly name: string;
  readonly expect: 'approved' | 'waiting' | 'rejected' | 'not-needed';
  readonly missing?: number;
  readonly by?: readonly string[];
  /** Names of the rules that are asked. */
  readonly asked?: readonly string[];
}

/** A file of cases; what stands beside them is for all of them. */
export interface PolicyCases extends WrittenFacts {
  /** Path of a file with `approval:`, from the folder of this file. */
  readonly policy?: string;
  readonly floor?: string;
  readonly cases: readonly PolicyCase[];
}

const names = { type: 'array', items: { type: 'string' } };
const ajv = new Ajv({ allErrors: true, verbose: true, strict: false });
const isFacts = ajv.compile<WrittenFacts>({
  type: 'object',
  required: ['schemas'],
  additionalProperties: false,
  properties: factsProperties,
});
const isCases = ajv.compile<PolicyCases>({
  type: 'object',
  required: ['cases'],
  additionalProperties: false,
  properties: {
    ...factsProperties,
    policy: { type: 'string', minLength: 1 },
    floor: { type: 'string', minLength: 1 },
    cases: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'expect'],
        additionalProperties: false,
        properties: {
          ...factsProperties,
          name: { type: 'string', minLength: 1 },
          expect: { enum: ['approved', 'waiting', 'rejected', 'not-needed'] },
          missing: { type: 'integer', minimum: 0 },
          by: names,
          asked: names,
        },
      },
    },
  },
});

/** Facts of one pull request, YAML or JSON. Throws `InputError` with everything that is wrong. */
export function readFacts(path: string): Promise<WrittenFacts> {
  return read(path, isFacts);
}

export function readCases(path: string): Promise<PolicyCases> {
  return read(path, isCases);
}

async function read<Value>(path: string, isValue: ValidateFunction<Value>): Promise<Value> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readError(error, path);
  });
  const lines = new LineCounter();
  const document = parseDocument(utf8Text(bytes, path), { lineCounter: lines, prettyErrors: false, merge: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new InputError(error.message, { place: { path, line, column: col }, remedy: 'Mend the YAML.' });
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (isValue(value)) return value;
  const problems = (isValue.errors ?? []).map((one) =>
    explain(one, (segments, key) => ({ path, ...placeIn(document, lines, segments, key) })),
  );
  throw allOf(problems.map((one) => ({ ...one, problem: one.problem.replace(/^The configuration /, 'The file ') })));
}

/** All that is wrong, one line each, as one error. */
function allOf(problems: readonly Problem[]): InputError {
  const last = problems.at(-1);
  const lines = problems
    .slice(0, -1)
    .map(({ place, problem, remedy }) => `${formatPlace(place)}: ${problem}. ${remedy}`);
  const words = last === undefined ? 'It is not what it should be' : `${formatPlace(last.place)}: ${last.problem}`;
  return new InputError([...lines, words].join('\n'), { remedy: last?.remedy ?? '' });
}
