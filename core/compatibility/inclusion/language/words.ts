import type { CharSet } from 'refa';
import type { Meter } from '../budget.ts';
import { type Automaton, partition } from './automaton.ts';
import { UnsupportedPattern } from './pattern-tree.ts';

/** A set of words: those that every automaton accepts or refuses as asked, within the lengths, without the excluded ones. */
export interface Language {
  readonly patterns: readonly { readonly automaton: Automaton; readonly accepted: boolean }[];
  /** In code points. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly excluded: { has(word: string): boolean };
}

const maxLayers = 200_000;
const maxProduct = 20_000;

/**
 * Up to `count` different words, short ones first. `complete` when there are no others.
 * Throws `UnsupportedPattern` when the product of the automata grows too large.
 */
export function findWords(language: Language, count: number, meter: Meter): { words: string[]; complete: boolean } {
  const product = new Product(language, meter);
  const words: string[] = [];
  const layers: number[][] = [];
  const seen = new Set<string>();
  let layer = product.isDead(0) ? [] : [0];
  for (let length = 0; layer.length > 0 && length <= language.maxLength; length += 1) {
    if (length > maxLayers) throw new UnsupportedPattern('a string would have to be too long');
    meter.spend(layer.length);
    layers.push(layer);
    if (length >= language.minLength) {
      const accepting = layer.filter((state) => product.accepts(state));
      if (accepting.length > 0) {
        for (const word of wordsOf(product, layers, accepting, meter)) {
          if (!language.excluded.has(word)) words.push(word);
          if (words.length >= count) return { words, complete: false };
        }
        seen.clear();
      }
      // The same states as before, and no word since: none will come.
      const key = layer.join();
      if (seen.has(key)) return { words, complete: true };
      seen.add(key);
    }
    layer = product.next(layer);
  }
  return { words, complete: true };
}

/** All words along the layers that end in one of the states, without blind alleys. */
function* wordsOf(
  product: Product,
  layers: readonly number[][],
  accepting: readonly number[],
  meter: Meter,
): Generator<string> {
  const live: Set<number>[] = [];
  live[layers.length - 1] = new Set(accepting);
  for (let at = layers.length - 2; at >= 0; at -= 1) {
    const after = live[at + 1] ?? new Set();
    meter.spend((layers[at] ?? []).length);
    live[at] = new Set(layers[at]?.filter((state) => product.successors(state).some((next) => after.has(next))));
  }
  const path: { state: number; choices: Iterator<[number, string]> }[] = [{ state: 0, choices: choicesAt(0, 0) }];
  const letters: string[] = [];
  if (layers.length === 1) {
    yield '';
    return;
  }
  for (let top = path.at(-1); top; top = path.at(-1)) {
    meter.spend();
    const choice = top.choices.next();
    letters.length = path.length - 1;
    if (choice.done) {
      path.pop();
      continue;
    }
    const [next, letter] = choice.value;
    letters.push(letter);
    if (letters.length === layers.length - 1) yield letters.join('');
    else path.push({ state: next, choices: choicesAt(next, letters.length) });
  }

  function* choicesAt(state: number, length: number): Generator<[number, string]> {
    const after = live[length + 1] ?? new Set();
    for (const [index, next] of product.successors(state).entries()) {
      if (after.has(next)) for (const letter of lettersOf(product.classes[index])) yield [next, letter];
    }
  }
}

/** Several automata side by side. */
class Product {
  readonly classes: readonly CharSet[];
  private readonly tuples: (readonly number[])[] = [];
  private readonly states = new Map<string, number>();
  private readonly edges: (readonly number[])[] = [];
  private readonly patterns: Language['patterns'];
  private readonly maps: readonly (readonly number[])[];
  private readonly meter: Meter;

  constructor({ patterns }: Language, meter: Meter) {
    this.patterns = patterns;
    this.meter = meter;
    this.classes = byAppeal(partition(patterns.flatMap(({ automaton }) => automaton.classes)));
    this.maps = patterns.map(({ automaton }) => this.classes.map((set) => automaton.classOf(set.ranges[0]?.min ?? 0)));
    this.stateOf(patterns.map(() => 0));
  }

  accepts(state: number): boolean {
    const tuple = this.tuples[state] ?? [];
    return this.patterns.every(({ automaton, accepted }, at) => automaton.accepts(tuple[at] ?? 0) === accepted);
  }

  isDead(state: number): boolean {
    const tuple = this.tuples[state] ?? [];
    return this.patterns.some(
      ({ automaton, accepted }, at) => automaton.fate(tuple[at] ?? 0) === (accepted ? 'none' : 'all'),
    );
  }

  /** By class of characters; -1 where no word can follow. */
  successors(state: number): readonly number[] {
    const known = this.edges[state];
    if (known) return known;
    const tuple = this.tuples[state] ?? [];
    this.meter.spend(1 + this.patterns.length);
    const made = this.classes.map((_, byClass) => {
      const next = this.stateOf(
        this.patterns.map(({ automaton }, at) => automaton.step(tuple[at] ?? 0, this.maps[at]?.[byClass] ?? 0)),
      );
      return this.isDead(next) ? -1 : next;
    });
    this.edges[state] = made;
    return made;
  }

  next(layer: readonly number[]): number[] {
    const found = new Set<number>();
    for (const state of layer) for (const next of this.successors(state)) if (next !== -1) found.add(next);
    return [...found].sort((a, b) => a - b);
  }

  private stateOf(tuple: readonly number[]): number {
    const key = tuple.join();
    const known = this.states.get(key);
    if (known !== undefined) return known;
    if (this.tuples.length >= maxProduct) throw new UnsupportedPattern('the patterns together have too many states');
    this.states.set(key, this.tuples.length);
    return this.tuples.push(tuple) - 1;
  }
}

/** What a person likes to see first. */
const appeal: readonly { min: number; max: number }[] = [
  { min: 0x61, max: 0x7a },
  { min: 0x30, max: 0x39 },
  { min: 0x41, max: 0x5a },
  { min: 0x2d, max: 0x2e },
  { min: 0x20, max: 0x7e },
];

function byAppeal(classes: readonly CharSet[]): CharSet[] {
  const rank = (set: CharSet) => appeal.findIndex((range) => !set.isDisjointWith(range)) + 1 || appeal.length + 1;
  return [...classes].sort((a, b) => rank(a) - rank(b));
}

function* lettersOf(set: CharSet | undefined): Generator<string> {
  if (set === undefined) return;
  let left = set;
  for (const range of appeal) {
    for (const { min, max } of left.intersect(range).ranges)
      for (let at = min; at <= max; at += 1) yield String.fromCodePoint(at);
    left = left.without(range);
  }
  for (const { min, max } of left.ranges) for (let at = min; at <= max; at += 1) yield String.fromCodePoint(at);
}
