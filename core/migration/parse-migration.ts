import { InputError } from '../input-error.ts';
import type { Problem } from '../review/review.ts';
import { isObject, own } from '../schema/json.ts';
import { readJson } from '../schema/json-text.ts';
import { defaultLimits } from '../schema/limits.ts';
import { measure } from '../schema/measure.ts';
import type { ReadText } from '../schema/read-text.ts';
import { readYaml } from '../schema/yaml-text.ts';
import type { Parser } from '../sql/parse/parser.ts';
import { changeFaults, nameOf, valueFaults, versionFaults } from './file-faults.ts';
import { fileSchema } from './file-schema.ts';
import type { Migration } from './migration.ts';
import { readOperations } from './read-operations.ts';
import { readOptions } from './run-options.ts';
import { type Fault, schemaFaults } from './schema-faults.ts';
import { readDeclaration } from './script.ts';
import { Unread } from './unread.ts';

/** Far above any migration that a person writes or reads. */
const limits = { ...defaultLimits, characters: 1_000_000, depth: 100, nodes: 50_000 };

/**
 * Reads a migration file: `migrations/<schema>/<to-version>.yml`, JSON when the path ends in `.json`.
 * All problems at once, each with its place and a remedy; broken text gives one. `schema`: its name, where neither path nor file says it.
 * `parser` and `script`: needed by a file that has an SQL expression or names a script; without them it throws `Unread`.
 * `readMigration` brings them.
 */
export function parseMigration(
  file: { path: string; text: string },
  options: {
    readonly schema?: string;
    readonly parser?: Parser;
    readonly script?: { readonly path: string; readonly text: string };
  } = {},
): { readonly migration: Migration } | { readonly problems: readonly Problem[] } {
  let read: ReadText;
  try {
    read = readFile(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problems: [{ place: error.place ?? { path: file.path }, problem: error.problem, remedy: error.remedy }] };
  }
  const { value } = read;
  const faults = schemaFaults(fileSchema, value, '');
  if (!isObject(value)) return { problems: inOrder(faults) };
  const name = nameOf(file.path, value, options.schema);
  faults.push(...changeFaults(value), ...name.faults, ...versionFaults(value), ...valueFaults(read));
  const { operations, faults: wrong } = readOperations(own(value, 'transform') ?? [], '/transform', options.parser);
  faults.push(...wrong);
  const { schema } = name;
  if (faults.length > 0 || schema === undefined) return { problems: inOrder(faults) };
  const batch = own(value, 'batch');
  const runOptions = readOptions(value);
  const declaration = readDeclaration(file.path, value);
  if (declaration !== undefined && options.script?.path !== declaration.path)
    throw new Unread({ script: declaration.path });
  const script = declaration && options.script && { ...declaration, text: options.script.text };
  return {
    migration: {
      path: file.path,
      schema,
      from: value['from'] as string,
      to: value['to'] as string,
      transform: operations,
      ...(script === undefined ? {} : { script }),
      ...(typeof batch === 'number' ? { batch } : {}),
      ...(runOptions === undefined ? {} : { options: runOptions }),
    },
  };

  function inOrder(faults: readonly Fault[]): Problem[] {
    return faults
      .map(({ at, problem, remedy }) => ({ position: nearest(read, at), problem, remedy }))
      .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
      .map(({ position, problem, remedy }) => ({ place: { path: file.path, ...position }, problem, remedy }));
  }
}

function readFile({ path, text }: { path: string; text: string }): ReadText {
  if (text.length > limits.characters)
    throw new InputError(`The file has more than ${limits.characters} characters`, {
      remedy: 'A migration file holds a list of operations, not records',
      place: { path },
    });
  const read = path.endsWith('.json') ? readJson(path, text) : readYaml(path, text, limits);
  measure(path, read.value, limits);
  return read;
}

/** The place of what is there, or of its nearest ancestor. */
function nearest(read: ReadText, pointer: string): { line: number; column: number } {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const position = read.position(at);
    if (position) return position;
  }
  return read.position('') ?? { line: 1, column: 1 };
}
