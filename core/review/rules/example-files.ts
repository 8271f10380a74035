import { InputError } from '../../input-error.ts';
import { isObject, own } from '../../schema/json.ts';
import { readJson } from '../../schema/json-text.ts';
import { defaultLimits } from '../../schema/limits.ts';
import { measure } from '../../schema/measure.ts';
import type { Validator } from '../../schema/validator.ts';
import { validatorFor } from '../../schema/validator.ts';
import { ValidatorUnavailable } from '../../schema/validator-unavailable.ts';
import { readYaml } from '../../schema/yaml-text.ts';
import { loadSide } from '../load-side.ts';
import { setFinder } from '../select-schemas.ts';
import type { PullRequestSubject, RawFinding, Rule } from './rule.ts';

const example = /^(.*\/|)examples\/([^/]+)(?:\/[^/]+)?\.(?:json|ya?ml)$/;
/** For one pull request; each is read and validated. */
const mostFiles = 300;
const limits = { ...defaultLimits, characters: 1_000_000 };

export const exampleFiles: Rule = {
  id: 'example-files',
  asks: 'The documents in a folder `examples` beside a schema are valid under it.',
  severity: 'warning',
  pullRequest: async (subject) => {
    const { subjects, changedFiles, head, configuration } = subject;
    const setOf = setFinder(configuration.schemas);
    const folders = new Set(
      subjects.flatMap(({ bundle, review }) => (bundle && canHaveExamples(review) ? [folderOf(review.path)] : [])),
    );
    const touched = changedFiles
      .filter(({ path, status }) => status !== 'removed' && example.test(path))
      .map(({ path }) => path);
    if (folders.size === 0 && touched.length === 0) return [];
    const all = new Set(await head.list());
    const beside = [...all].filter((path) => folders.has(example.exec(path)?.[1] ?? '-'));
    const paths = [...new Set([...touched, ...beside])].sort().slice(0, mostFiles);
    await head.prefetch?.(paths);
    const validators = new Map<string, Promise<Validator | undefined>>();
    const findings: RawFinding[] = [];
    for (const path of paths) {
      const schema = schemaOf(path, all, setOf);
      if (schema === undefined) continue;
      // Of a schema that stays as it is only the examples that changed can have become wrong.
      const isChanged = subjects.some(({ review }) => review.path === schema);
      if (!isChanged && !touched.includes(path)) continue;
      const validator = validators.get(schema) ?? validatorOf(schema, subject);
      validators.set(schema, validator);
      findings.push(...(await tried(path, schema, await validator, subject)));
    }
    return findings;
  },
};

function canHaveExamples({ file, component }: PullRequestSubject['reviews'][number]): boolean {
  return file === undefined && component === undefined;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** `examples/claim.json`, `examples/claim.large.json` and `examples/claim/large.json` are examples of `claim.json` beside the folder. */
function schemaOf(path: string, all: ReadonlySet<string>, setOf: ReturnType<typeof setFinder>): string | undefined {
  const [, folder = '', named = ''] = example.exec(path) ?? [];
  const parts = named.split('.');
  for (let count = parts.length; count > 0; count -= 1) {
    const name = parts.slice(0, count).join('.');
    for (const ending of ['.json', '.schema.json', '.yaml', '.yml', '.schema.yaml', '.schema.yml']) {
      const candidate = `${folder}${name}${ending}`;
      const set = all.has(candidate) ? setOf(candidate) : undefined;
      if (set && (set.layout ?? 'mutable') === 'mutable') return candidate;
    }
  }
  return undefined;
}

async function validatorOf(
  schema: string,
  { subjects, head, configuration }: PullRequestSubject,
): Promise<Validator | undefined> {
  const known = subjects.find(({ review }) => review.path === schema)?.bundle;
  const side = known ? undefined : await loadSide((file) => head.read(file), schema);
  const bundle = known ?? (side?.state === 'loaded' ? side.bundle : undefined);
  const { formatAssertion = false } = setFinder(configuration.schemas)(schema) ?? {};
  try {
    return bundle && validatorFor(bundle, { formatAssertion });
  } catch (error) {
    // ajv cannot judge: then nothing is known against the examples.
    if (error instanceof ValidatorUnavailable) return undefined;
    throw error;
  }
}

async function tried(
  path: string,
  schema: string,
  validator: Validator | undefined,
  { head }: PullRequestSubject,
): Promise<RawFinding[]> {
  if (!validator) return [];
  try {
    const text = (await head.read(path)) ?? '';
    if (text.length > limits.characters) return [];
    const read = path.endsWith('.json') ? readJson(path, text) : readYaml(path, text, limits);
    measure(path, read.value, limits);
    // A folder of that name can hold schemas as well.
    if (isObject(read.value) && own(read.value, '$schema') !== undefined) return [];
    const [violation] = validator(read.value);
    if (!violation) return [];
    const where = violation.at === '' ? 'it' : `\`${violation.at}\` in it`;
    return [
      {
        place: { path, ...(read.position(violation.at) ?? { line: 1, column: 1 }) },
        message: `This example of \`${schema}\` is not valid: ${where} ${violation.message}`,
        remedy: 'Correct it, or the schema.',
      },
    ];
  } catch (error) {
    if (error instanceof ValidatorUnavailable) return [];
    if (!(error instanceof InputError)) throw error;
    return [
      {
        place: error.place ?? { path },
        message: `This example cannot be read: ${error.problem}`,
        remedy: error.remedy,
      },
    ];
  }
}
