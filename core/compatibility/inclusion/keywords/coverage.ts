import { ignoresReferenceSiblings } from '../../../schema/dialect.ts';
import { isObject, type JsonObject, own } from '../../../schema/json.ts';
import { keywordsOf } from '../../../schema/keywords.ts';
import { Exhausted } from '../budget.ts';
import type { Schema } from '../node.ts';
import type { Location } from '../read/location.ts';
import { hasEnded } from './dependencies.ts';
import type { Reading } from './keyword.ts';

/** What a schema and those applied to the same value have evaluated, as far as `unevaluated…` must know. */
export interface Coverage {
  /** Everything. */
  all: boolean;
  readonly names: Set<string>;
  readonly patterns: Set<string>;
  /** The first items, up to but not including this index. */
  upTo: number;
  /** Items that satisfy one of these (`contains`, from 2020-12). */
  readonly matching: Set<Schema>;
  /** What is evaluated only when a condition holds. */
  readonly conditional: Conditional[];
  /** A reference that leads nowhere: who knows what it evaluates. */
  unknown?: string;
}

export interface Conditional {
  readonly when:
    | { readonly schema: Schema; readonly holds: boolean }
    | { readonly present: string }
    /** Validators differ on whether it holds. The text tells such conditions apart. */
    | { readonly disputed: string };
  readonly coverage: Coverage;
}

/** Which kind of parts is asked about. */
export type Asking = 'items' | 'properties';

interface Question {
  readonly reading: Reading;
  readonly asking: Asking;
}

const maxDepth = 60;

/** Of a location without its own `unevaluated…` keyword, which is the one that asks. */
export function coverageOf(reading: Reading, asking: Asking): Coverage {
  const coverage = emptyCoverage();
  cover(reading.location, coverage, { reading, asking }, 0);
  return coverage;
}

/** A text that tells coverages apart. */
export function coverageKey({ all, names, patterns, upTo, matching, conditional }: Coverage): string {
  const conditions = conditional.map(({ when, coverage }) => [
    'present' in when ? when.present : 'disputed' in when ? [when.disputed] : [when.schema.id, when.holds],
    coverageKey(coverage),
  ]);
  return JSON.stringify([
    all,
    [...names].sort(),
    [...patterns].sort(),
    upTo,
    [...matching].map(({ id }) => id),
    conditions,
  ]);
}

export function emptyCoverage(): Coverage {
  return { all: false, names: new Set(), patterns: new Set(), upTo: 0, matching: new Set(), conditional: [] };
}

export function union(left: Coverage, right: Coverage): Coverage {
  return {
    all: left.all || right.all,
    names: new Set([...left.names, ...right.names]),
    patterns: new Set([...left.patterns, ...right.patterns]),
    upTo: Math.max(left.upTo, right.upTo),
    matching: new Set([...left.matching, ...right.matching]),
    conditional: [...left.conditional, ...right.conditional],
  };
}

function cover(location: Location, into: Coverage, question: Question, depth: number): void {
  const { value, document } = location;
  if (!isObject(value)) return;
  if (depth > maxDepth) throw new Exhausted('a reference leads back to itself');
  const { insideLocation, follow, read } = question.reading;
  const table = keywordsOf(document.dialect);
  for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef'] as const) {
    const text = table.has(keyword) ? own(value, keyword) : undefined;
    if (typeof text !== 'string') continue;
    const target = follow(location, keyword, text);
    if (target) cover(target, into, question, depth + 1);
    else into.unknown ??= text;
  }
  if (ignoresReferenceSiblings(document.dialect) && own(value, '$ref') !== undefined) return;
  coverHere(value, location, into, question, depth === 0);
  for (const [at] of list(value, 'allOf').entries())
    cover(insideLocation(location, 'allOf', at), into, question, depth + 1);
  for (const keyword of ['anyOf', 'oneOf']) {
    for (const [at] of list(value, keyword).entries()) {
      const branch = insideLocation(location, keyword, at);
      when({ schema: read(branch), holds: true }, [branch]);
    }
  }
  if (table.has('if') && own(value, 'if') !== undefined) {
    const test = insideLocation(location, 'if');
    const then = own(value, 'then') === undefined ? [] : [insideLocation(location, 'then')];
    when({ schema: read(test), holds: true }, [test, ...then]);
    if (own(value, 'else') !== undefined)
      when({ schema: read(test), holds: false }, [insideLocation(location, 'else')]);
  }
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    const members = table.has(keyword) ? own(value, keyword) : undefined;
    if (!isObject(members)) continue;
    if (keyword === 'dependencies' && hasEnded(document.dialect, question.reading.options)) continue;
    for (const [name, member] of Object.entries(members)) {
      if (!Array.isArray(member)) when({ present: name }, [insideLocation(location, keyword, name)]);
    }
  }

  function when(condition: Conditional['when'], locations: readonly Location[]): void {
    const coverage = emptyCoverage();
    for (const inner of locations) cover(inner, coverage, question, depth + 1);
    if (coverage.unknown !== undefined) into.unknown ??= coverage.unknown;
    if (coverageKey(coverage) !== nothing) into.conditional.push({ when: condition, coverage });
  }
}

const nothing = coverageKey(emptyCoverage());

/** What the keywords of one schema evaluate by themselves. `asks`: it is the schema whose unevaluated rest is asked for. */
function coverHere(
  value: JsonObject,
  location: Location,
  into: Coverage,
  { reading, asking }: Question,
  asks: boolean,
): void {
  const { dialect } = location.document;
  for (const name of members(value, 'properties')) into.names.add(name);
  for (const pattern of members(value, 'patternProperties')) into.patterns.add(pattern);
  const table = keywordsOf(dialect);
  const has = (keyword: string) => table.has(keyword) && own(value, keyword) !== undefined;
  const here = asking === 'items' ? 'unevaluatedItems' : 'unevaluatedProperties';
  if (!asks && has(here)) into.all = true;
  if (asking === 'properties') {
    into.all ||= has('additionalProperties');
    return;
  }
  const items = own(value, 'items');
  if (Array.isArray(items)) into.upTo = Math.max(into.upTo, items.length);
  else into.all ||= items !== undefined;
  if (dialect === '2020-12') {
    into.upTo = Math.max(into.upTo, list(value, 'prefixItems').length);
    if (has('contains')) into.matching.add(reading.read(reading.insideLocation(location, 'contains')));
  } else {
    into.all ||= Array.isArray(items) && has('additionalItems');
    // The text of 2019-09 does not count what `contains` has looked at, ajv and others do.
    if (has('contains')) {
      const { id } = reading.read(reading.insideLocation(location, 'contains'));
      const disputed = JSON.stringify([id, own(value, 'minContains') ?? 1, own(value, 'maxContains') ?? null]);
      into.conditional.push({ when: { disputed }, coverage: { ...emptyCoverage(), all: true } });
    }
  }
}

function list(value: JsonObject, keyword: string): readonly unknown[] {
  const given = own(value, keyword);
  return Array.isArray(given) ? given : [];
}

function members(value: JsonObject, keyword: string): string[] {
  const given = own(value, keyword);
  return isObject(given) ? Object.keys(given) : [];
}
