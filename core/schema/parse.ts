import { InputError } from '../input-error.ts';
import { type Dialect, dialectNamed, dialects } from './dialect.ts';
import type { SchemaDocument } from './document.ts';
import { isObject, type Json, own } from './json.ts';
import { readJson } from './json-text.ts';
import { defaultLimits, LimitExceeded, type Limits } from './limits.ts';
import { measure } from './measure.ts';
import { refuseInvalidSchema } from './metaschema.ts';
import { type Pointer, parsePointer } from './pointer.ts';
import type { Position } from './position.ts';
import type { ReadText } from './read-text.ts';
import { refuseInvalidPatterns } from './refuse-invalid-patterns.ts';
import { undeclaredDialect } from './undeclared-dialect.ts';
import { readYaml } from './yaml-text.ts';

export interface ParseOptions {
  /** For a schema that names none; absent: see `undeclaredDialect`. */
  readonly defaultDialect?: Dialect;
  readonly limits?: Partial<Limits>;
}

/**
 * Reads a schema file: YAML when the path ends in `.yaml` or `.yml`, else JSON.
 * Throws `InputError` with line and column: broken text, an unknown `$schema`, a schema that its dialect does not allow;
 * `LimitExceeded` when it is larger than Sluice reads.
 */
export function parseSchema(file: { path: string; text: string }, options: ParseOptions = {}): SchemaDocument {
  const { path, text } = file;
  const limits = { ...defaultLimits, ...options.limits };
  if (text.length > limits.characters) {
    throw new LimitExceeded(`The file has more than ${limits.characters} characters`, { path });
  }
  const read = /\.ya?ml$/i.test(path) ? readYaml(path, text, limits) : readJson(path, text);
  measure(path, read.value, limits);
  const document = makeDocument(path, text, read, options.defaultDialect);
  refuseInvalidSchema(document);
  refuseInvalidPatterns(document);
  return document;
}

/**
 * A schema that is a value already, with no file: positions are those of its indented JSON. Numbers must have survived whatever read
 * them. Throws as `parseSchema` does.
 */
export function schemaOf(path: string, value: Json, options: ParseOptions = {}): SchemaDocument {
  measure(path, value, { ...defaultLimits, ...options.limits });
  let text: string | undefined;
  let printed: ReadText | undefined;
  const print = () => (text ??= JSON.stringify(value, null, 2));
  const read: ReadText = {
    value,
    position: (pointer) => (printed ??= readJson(path, print())).position(pointer),
    inexactNumbers: () => [],
    inexactLiterals: () => new Map(),
  };
  const document = makeDocument(path, '', read, options.defaultDialect);
  const whole = Object.defineProperty(document, 'text', { get: print, enumerable: true });
  refuseInvalidSchema(whole);
  refuseInvalidPatterns(whole);
  return whole;
}

function makeDocument(path: string, text: string, read: ReadText, fallback: Dialect | undefined): SchemaDocument {
  let inexact: ReadonlyMap<Pointer, string> | undefined;
  const literals = () => (inexact ??= read.inexactLiterals());
  const locate = (pointer: Pointer): Position => nearest(read, pointer);
  return {
    path,
    text,
    value: read.value,
    dialect: declaredDialect(path, read.value, locate) ?? undeclaredDialect(read.value, fallback),
    get inexactNumbers() {
      return [...literals().keys()];
    },
    literalOf: (pointer) => literals().get(pointer),
    locate,
  };
}

function nearest(read: ReadText, pointer: Pointer): Position {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const position = read.position(at);
    if (position) return position;
    if (parsePointer(at).length === 0) return { line: 1, column: 1 };
  }
}

function declaredDialect(path: string, value: Json, locate: (pointer: Pointer) => Position): Dialect | undefined {
  const declared = isObject(value) ? own(value, '$schema') : undefined;
  if (declared === undefined) return undefined;
  const dialect = typeof declared === 'string' ? dialectNamed(declared) : undefined;
  if (dialect !== undefined) return dialect;
  throw new InputError(`Sluice does not know the dialect ${JSON.stringify(declared)}`, {
    remedy: `Use the address of ${dialects.join(', ')} in "$schema"`,
    place: { path, ...locate('/$schema') },
  });
}
