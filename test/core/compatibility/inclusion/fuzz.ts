import * as fc from 'fast-check';
import { acceptsValue, decideInclusion, satisfyingValue } from '../../../../core/compatibility/inclusion/decide.ts';
import { InputError } from '../../../../core/input-error.ts';
import { type Dialect, dialects } from '../../../../core/schema/dialect.ts';
import type { SchemaBundle } from '../../../../core/schema/document.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/schema/json.ts';
import { parseSchema } from '../../../../core/schema/parse.ts';
import { type Validator, validatorFor } from '../../../../core/schema/validator.ts';
import { ValidatorUnavailable } from '../../../../core/schema/validator-unavailable.ts';
import { documents, schemas } from './fuzz-schemas.ts';
import { plainlyValid } from './plain-validator.ts';

export interface Pair {
  readonly dialect: Dialect;
  readonly left: Json;
  readonly right: Json;
}

/** What contradicts the engine. */
export interface Failure extends Pair {
  readonly what: string;
  readonly document: Json;
}

export interface Tally {
  pairs: number;
  compatible: number;
  breaking: number;
  undecided: number;
  documents: number;
  /** Of these, valid where the verdict speaks of them. */
  valid: number;
  /** By reason. */
  readonly reasons: Map<string, number>;
}

const options = { formatAssertion: false };

/** Sizes that a schema may only just reach. */
const bounds: readonly Json[] = [1, 2, 3].flatMap((size) => [
  { maxItems: size },
  { maxProperties: size },
  { maxLength: size },
]);

/** Two schemas that have something to do with each other. */
export function pairs(dialect: Dialect = 'draft-07'): fc.Arbitrary<Pair> {
  return fc
    .tuple(
      schemas(dialect),
      schemas(dialect),
      fc.nat(),
      fc.constantFrom('mutate', 'free', 'all', 'any', 'swap', 'not', 'bound'),
    )
    .map(([left, other, seed, how]): Pair => {
      switch (how) {
        case 'mutate':
          return { dialect, left, right: mutated(left, other, seed) };
        case 'swap':
          return { dialect, left: mutated(left, other, seed), right: left };
        case 'all':
          return { dialect, left: embed('allOf', left, other), right: left };
        case 'any':
          return { dialect, left, right: embed('anyOf', left, other) };
        case 'bound':
          return { dialect, left, right: embed('allOf', left, bounds[seed % bounds.length] ?? {}) };
        case 'not':
          return { dialect, left: embed('allOf', left, { not: other }), right: left };
        default:
          return { dialect, left, right: other };
      }
    });
}

export const anyPair: fc.Arbitrary<Pair> = fc.constantFrom(...dialects).chain(pairs);

/** Decides both directions of a pair, and lets ajv and many documents try to contradict. */
export function contradictions(pair: Pair, tries: readonly Json[], tally: Tally): Failure[] {
  const bundles = [pair.left, pair.right].map((schema) => bundleOf(schema, pair.dialect));
  const [left, right] = bundles;
  if (!left || !right) return [];
  const judges = [judgeOf(left), judgeOf(right)];
  const [leftJudge, rightJudge] = judges;
  if (!leftJudge || !rightJudge) return [];
  const more = [left, right].flatMap((bundle) => {
    const outcome = satisfyingValue({ bundle, pointer: '' }, options);
    return outcome.kind === 'found' ? [outcome.value] : [];
  });
  const candidates = [...tries, ...more, ...constantsIn(pair.left), ...constantsIn(pair.right)];
  return [
    ...oneWay(pair, { from: left, to: right, accepts: leftJudge, alsoAccepts: rightJudge }, candidates, tally),
    ...oneWay(
      { ...pair, left: pair.right, right: pair.left },
      { from: right, to: left, accepts: rightJudge, alsoAccepts: leftJudge },
      candidates,
      tally,
    ),
    ...misjudged(pair, left, leftJudge, candidates),
  ];
}

interface Way {
  readonly from: SchemaBundle;
  readonly to: SchemaBundle;
  readonly accepts: Judge;
  readonly alsoAccepts: Judge;
}

function oneWay(
  pair: Pair,
  { from, to, accepts, alsoAccepts }: Way,
  candidates: readonly Json[],
  tally: Tally,
): Failure[] {
  const verdict = decideInclusion(from, to, options);
  tally.pairs += 1;
  tally[verdict.verdict] += 1;
  if (verdict.verdict === 'undecided') {
    const reason = verdict.reason.replace(/[{["].*/, '');
    tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
    return [];
  }
  if (verdict.verdict === 'breaking') {
    const { witness } = verdict;
    const confirmed = accepts(witness) === true && alsoAccepts(witness) === false;
    const isWitness =
      confirmed || (plainlyValid(pair.left, pair.dialect, witness) && !plainlyValid(pair.right, pair.dialect, witness));
    return isWitness ? [] : [{ ...pair, what: 'the witness is none', document: verdict.witness }];
  }
  const against = candidates.find((document) => {
    tally.documents += 1;
    if (accepts(document) !== true) return false;
    tally.valid += 1;
    if (alsoAccepts(document) !== false) return false;
    // ajv errs now and then; the specifications decide.
    return plainlyValid(pair.left, pair.dialect, document) && !plainlyValid(pair.right, pair.dialect, document);
  });
  return against === undefined ? [] : [{ ...pair, what: 'compatible, but not for this document', document: against }];
}

/** The engine's own reading of a schema must agree with ajv's, document by document. */
function misjudged(pair: Pair, bundle: SchemaBundle, judge: Judge, candidates: readonly Json[]): Failure[] {
  for (const document of candidates) {
    const mine = acceptsValue({ bundle, pointer: '' }, document, options);
    const theirs = judge(document);
    if (mine === undefined || theirs === undefined || mine === theirs) continue;
    if (mine !== plainlyValid(pair.left, pair.dialect, document)) {
      return [{ ...pair, what: `read as ${mine}, ajv says ${theirs}`, document }];
    }
  }
  return [];
}

export function emptyTally(): Tally {
  return { pairs: 0, compatible: 0, breaking: 0, undecided: 0, documents: 0, valid: 0, reasons: new Map() };
}

/** Runs so many pairs with the seed; stops at the first failure. */
export function fuzz({
  runs,
  seed,
  pair = anyPair,
  tries = 60,
}: {
  runs: number;
  seed: number;
  pair?: fc.Arbitrary<Pair>;
  tries?: number;
}): {
  tally: Tally;
  failures: Failure[];
} {
  const tally = emptyTally();
  const failures: Failure[] = [];
  // One pool for all pairs: making documents takes longer than deciding.
  const pool = fc.sample(documents, { numRuns: 2000, seed });
  const property = fc.property(pair, fc.nat({ max: pool.length - tries }), (one, from) => {
    const found = contradictions(one, pool.slice(from, from + tries), tally);
    failures.push(...found);
    return found.length === 0;
  });
  const result = fc.check(property, { numRuns: runs, seed, endOnFailure: true });
  return { tally, failures: result.failed ? failures.slice(-1) : [] };
}

type Judge = (document: Json) => boolean | undefined;

function bundleOf(schema: Json, dialect: Dialect): SchemaBundle | undefined {
  try {
    const root = parseSchema({ path: 'schema.json', text: JSON.stringify(schema) }, { defaultDialect: dialect });
    return { root: { ...root, dialect }, files: new Map() };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** ajv, as far as it can judge. */
function judgeOf(bundle: SchemaBundle): Judge | undefined {
  let validator: Validator;
  try {
    validator = validatorFor(bundle, options);
  } catch (error) {
    if (error instanceof ValidatorUnavailable) return undefined;
    throw error;
  }
  return (document) => {
    try {
      return validator(document).length === 0;
    } catch (error) {
      if (error instanceof ValidatorUnavailable || error instanceof TypeError) return undefined;
      throw error;
    }
  };
}

function constantsIn(value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap(constantsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === 'enum' && Array.isArray(member)) return [...member] as Json[];
    return name === 'const' ? [member] : constantsIn(member);
  });
}

/** One place of the schema changed: a keyword taken away, or replaced by one of another schema. */
export function mutated(schema: Json, other: Json, seed: number): Json {
  const places = objectsIn(schema);
  const target = places[seed % places.length];
  if (target === undefined) return other;
  const keywords = Object.keys(target).filter((name) => name !== 'definitions');
  const gone = keywords[seed % Math.max(1, keywords.length)];
  const added = isObject(other)
    ? Object.entries(other).filter(([name]) => name !== 'definitions' && name !== '$ref')
    : [];
  const replacement = added[seed % Math.max(1, added.length)];
  return copy(schema);

  function copy(part: Json): Json {
    if (Array.isArray(part)) return part.map((item: Json) => copy(item));
    if (!isObject(part)) return part;
    const members = Object.entries(part).filter(([name]) => part !== target || name !== gone || seed % 3 === 0);
    const more = part === target && replacement && seed % 2 === 0 ? [replacement] : [];
    return Object.fromEntries([...members.map(([name, member]) => [name, copy(member)] as const), ...more]);
  }
}

function objectsIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

/** Both schemas under one combinator; the definitions of the first stay at the root. */
function embed(keyword: 'allOf' | 'anyOf', first: Json, second: Json): Json {
  const definitions = isObject(first) ? first['definitions'] : undefined;
  const bare = [first, second].map((schema) => (isObject(schema) ? withoutDefinitions(schema) : schema));
  return { [keyword]: bare, definitions: definitions ?? { '0': true, '1': {} } };
}

function withoutDefinitions(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== 'definitions'));
}
