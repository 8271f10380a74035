import { getNodeValue, type Node, parseTree } from 'jsonc-parser';
import { type Dialect, dialects } from '../../core/schema/dialect.ts';
import { duplicateName } from '../../core/schema/duplicate-name.ts';
import { mayHoldInexactNumbers } from '../../core/schema/exact-number.ts';
import { isObject, type Json, type JsonObject, own } from '../../core/schema/json.ts';

/** One line of a file of pairs, read. */
export interface Pair {
  /** As it was given, to be given back. */
  readonly id: Json;
  readonly old: SchemaSource;
  readonly new: SchemaSource;
  readonly dialect?: Dialect;
  readonly formatAssertion?: boolean;
  readonly contentAssertion?: boolean;
}

/** A schema as a value, or as text where the value alone would not do: it was given so, or holds numbers that JavaScript rounds. */
export type SchemaSource = { readonly value: Json } | { readonly text: string };

/** What is wrong with a line. */
export class BadPair extends Error {
  override readonly name = 'BadPair';
  readonly id: Json;

  constructor(message: string, id: Json = null) {
    super(message);
    this.id = id;
  }
}

/** `{id, old, new, draft?, format_assert?, content_assert?}`; further members are passed over. Throws `BadPair`. */
export function readPair(line: string): Pair {
  const value = parse(line);
  if (!isObject(value))
    throw new BadPair('a pair is an object {id, old, new, draft?, format_assert?, content_assert?}');
  const id = own(value, 'id') ?? null;
  refuseDuplicateName(line, value, id);
  const [before, after] = [own(value, 'old'), own(value, 'new')];
  if (before === undefined) throw new BadPair('"old" is missing', id);
  if (after === undefined) throw new BadPair('"new" is missing', id);
  const dialect = readDraft(own(value, 'draft'), id);
  const formatAssertion = readFlag(value, 'format_assert', id);
  const contentAssertion = readFlag(value, 'content_assert', id);
  const written = mayHoldInexactNumbers(line) ? rawMembers(line) : undefined;
  return {
    id,
    old: source(before, written?.get('old')),
    new: source(after, written?.get('new')),
    ...(dialect === undefined ? {} : { dialect }),
    ...(formatAssertion === undefined ? {} : { formatAssertion }),
    ...(contentAssertion === undefined ? {} : { contentAssertion }),
  };
}

/** One reader takes the first, another the last: no verdict on such a line is right for both. */
function refuseDuplicateName(line: string, value: Json, id: Json): void {
  const duplicate = duplicateName(line, value);
  if (duplicate === undefined) return;
  const name = duplicate.name === undefined ? 'a name' : JSON.stringify(duplicate.name);
  throw new BadPair(`${name} is there twice in one object`, id);
}

function parse(line: string): Json {
  try {
    return JSON.parse(line) as Json;
  } catch (cause) {
    throw new BadPair(`this is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function readFlag(pair: JsonObject, name: string, id: Json): boolean | undefined {
  const given = own(pair, name) ?? undefined;
  if (given === undefined || typeof given === 'boolean') return given;
  throw new BadPair(`"${name}" ${JSON.stringify(given)} is neither true nor false`, id);
}

function source(value: Json, written: string | undefined): SchemaSource {
  if (typeof value === 'string') return { text: value };
  return written === undefined ? { value } : { text: written };
}

/** `draft-07`, `draft7`, `draft/2020-12`, `2020-12`. */
function readDraft(given: Json | undefined, id: Json): Dialect | undefined {
  if (given === undefined || given === null) return undefined;
  const key =
    typeof given === 'string'
      ? given
          .toLowerCase()
          .replace(/^draft[-/]?/, '')
          .replace(/^0/, '')
      : '';
  const dialect = dialects.find((name) => name.replace(/^draft-0/, '') === key);
  if (dialect === undefined)
    throw new BadPair(`"draft" ${JSON.stringify(given)} is none of ${dialects.join(', ')}`, id);
  return dialect;
}

/** The members as they stand in the line. */
function rawMembers(line: string): ReadonlyMap<string, string> | undefined {
  let tree: Node | undefined;
  try {
    tree = parseTree(line);
  } catch (error) {
    // Too deep for the parser, and far too deep for the engine, which will say so.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  const members = (tree?.children ?? []).flatMap(({ children = [] }): [string, string][] => {
    const [name, value] = children;
    return name && value ? [[String(getNodeValue(name)), line.slice(value.offset, value.offset + value.length)]] : [];
  });
  return new Map(members);
}
