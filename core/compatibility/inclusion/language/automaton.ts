import { CharBase, type CharSet } from 'refa';
import { everyCharacter, readPattern, UnsupportedPattern } from './pattern-tree.ts';
import { type Term, TermBuilder } from './term.ts';

const maxStates = 4000;

/** A deterministic automaton over classes of characters, built as far as it is walked. State 0 is the start. */
export class Automaton {
  /** Disjoint, together all characters. */
  readonly classes: readonly CharSet[];
  private readonly builder: TermBuilder;
  private readonly terms: Term[] = [];
  private readonly states = new Map<Term, number>();
  private readonly steps: (number | undefined)[][] = [];
  private readonly ascii: Int16Array;

  /** Throws `UnsupportedPattern`. */
  constructor(source: string) {
    this.builder = new TermBuilder(readPattern(source));
    this.classes = partition(this.builder.sets);
    this.ascii = Int16Array.from({ length: 128 }, (_, character) => this.search(character));
    this.stateOf(this.builder.start);
  }

  classOf(character: number): number {
    return character < 128 ? (this.ascii[character] ?? 0) : this.search(character);
  }

  step(state: number, byClass: number): number {
    const row = (this.steps[state] ??= []);
    const known = row[byClass];
    if (known !== undefined) return known;
    const [range] = this.classes[byClass]?.ranges ?? [];
    const term = this.terms[state];
    if (range === undefined || term === undefined) throw new Error('no such state or class');
    const next = this.stateOf(this.builder.derive(term, range.min));
    row[byClass] = next;
    return next;
  }

  accepts(state: number): boolean {
    const term = this.terms[state];
    return term !== undefined && this.builder.accepts(term);
  }

  /** Whether no word, or every word, is accepted from here; undefined when that is not plain to see. */
  fate(state: number): 'none' | 'all' | undefined {
    const kind = this.terms[state]?.kind;
    return kind === 'none' || kind === 'all' ? kind : undefined;
  }

  test(word: string): boolean {
    let state = 0;
    for (const character of word) {
      const fate = this.fate(state);
      if (fate) return fate === 'all';
      state = this.step(state, this.classOf(character.codePointAt(0) ?? 0));
    }
    return this.accepts(state);
  }

  private stateOf(term: Term): number {
    const known = this.states.get(term);
    if (known !== undefined) return known;
    if (this.terms.length >= maxStates) throw new UnsupportedPattern('a pattern has too many states');
    this.states.set(term, this.terms.length);
    return this.terms.push(term) - 1;
  }

  private search(character: number): number {
    return this.classes.findIndex((set) => set.has(character));
  }
}

/** The coarsest classes that keep every set whole. */
export function partition(sets: readonly CharSet[]): CharSet[] {
  const classes = [...new CharBase([...new Set(sets)].filter((set) => !set.isEmpty)).sets];
  const rest = classes.reduce((left, set) => left.without(set), everyCharacter);
  return rest.isEmpty ? classes : [...classes, rest];
}
