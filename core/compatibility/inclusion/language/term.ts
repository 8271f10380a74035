import type { CharSet, Element, NoParent } from 'refa';
import { everyCharacter, type PatternTree, type Sequence, UnsupportedPattern } from './pattern-tree.ts';

/**
 * What remains to be read, as a Boolean combination of continuations (Brzozowski's derivatives, with look-ahead as intersection).
 * Interned: equal terms are the same object.
 */
export type Term =
  | { readonly kind: 'none'; readonly id: number }
  | { readonly kind: 'all'; readonly id: number }
  | { readonly kind: 'read'; readonly id: number; readonly characters: CharSet; readonly rest: Rest }
  | { readonly kind: 'some'; readonly id: number; readonly of: readonly Term[] }
  | { readonly kind: 'every'; readonly id: number; readonly of: readonly Term[] }
  | { readonly kind: 'no'; readonly id: number; readonly of: Term };

/** Elements that are still to be matched, then anything. */
export type Rest = { readonly id: number; readonly head?: Head; readonly tail?: Rest };

type Head =
  | { readonly kind: 'element'; readonly element: NoParent<Element> }
  | { readonly kind: 'repeat'; readonly body: readonly Sequence[]; readonly min: number; readonly max: number };

/** The character before, as a class of one representative; undefined at the start. */
export type Previous = number | undefined;

const maxTerms = 60_000;
/** Steps of unfolding, over the life of a pattern. */
const maxWork = 300_000;

/** Builds the terms of one pattern. */
export class TermBuilder {
  readonly start: Term;
  /** Every set of characters that the pattern tells apart. */
  readonly sets: CharSet[] = [];
  private readonly terms = new Map<string, Term>();
  private readonly rests = new Map<string, Rest>();
  private readonly ids = new Map<object, number>();
  private work = 0;
  private readonly none: Term = { kind: 'none', id: 0 };
  private readonly all: Term = { kind: 'all', id: 1 };
  private readonly end: Rest = { id: 0 };

  constructor(tree: PatternTree) {
    for (const sequence of tree.alternatives) this.collect(sequence);
    const body: Sequence[] = [...tree.alternatives];
    const group: NoParent<Element> = {
      type: 'Alternation',
      alternatives: body.map((elements) => ({ type: 'Concatenation', elements: [...elements] })),
    };
    const anything: Sequence = [{ type: 'CharacterClass', characters: everyCharacter }];
    const searched = this.push(
      { kind: 'repeat', body: [anything], min: 0, max: Number.POSITIVE_INFINITY },
      this.sequence([group], this.end),
    );
    this.start = this.resolve(searched, undefined, new Set());
  }

  derive(term: Term, character: number): Term {
    switch (term.kind) {
      case 'none':
      case 'all':
        return term;
      case 'read':
        return term.characters.has(character) ? this.resolve(term.rest, character, new Set()) : this.none;
      case 'some':
        return this.some(term.of.map((part) => this.derive(part, character)));
      case 'every':
        return this.every(term.of.map((part) => this.derive(part, character)));
      case 'no':
        return this.no(this.derive(term.of, character));
    }
  }

  /** Whether the word may end here. */
  accepts(term: Term): boolean {
    switch (term.kind) {
      case 'none':
      case 'read':
        return false;
      case 'all':
        return true;
      case 'some':
        return term.of.some((part) => this.accepts(part));
      case 'every':
        return term.of.every((part) => this.accepts(part));
      case 'no':
        return !this.accepts(term.of);
    }
  }

  /** Unfolds everything that reads no character, so that only `read` is left at the front. */
  private resolve(rest: Rest, previous: Previous, open: Set<Rest>): Term {
    const { head, tail } = rest;
    if (head === undefined || tail === undefined) return this.all;
    // Back at the same place without having read anything: that way leads nowhere new.
    if (open.has(rest)) return this.none;
    this.spend(1);
    open.add(rest);
    try {
      return this.resolveHead(head, tail, previous, open);
    } finally {
      open.delete(rest);
    }
  }

  private spend(steps: number): void {
    this.work += steps;
    if (this.work > maxWork) throw new UnsupportedPattern('a pattern has too many states');
  }

  private resolveHead(head: Head, tail: Rest, previous: Previous, open: Set<Rest>): Term {
    if (head.kind === 'repeat') {
      const { body, min, max } = head;
      if (max === 0) return this.resolve(tail, previous, open);
      const again = this.push({ kind: 'repeat', body, min: Math.max(0, min - 1), max: max - 1 }, tail);
      const once = body.map((sequence) => this.resolve(this.sequence(sequence, again), previous, open));
      return this.some(min === 0 ? [...once, this.resolve(tail, previous, open)] : once);
    }
    const { element } = head;
    switch (element.type) {
      case 'CharacterClass':
        return this.read(element.characters, tail);
      case 'Alternation':
        return this.some(
          element.alternatives.map(({ elements }) => this.resolve(this.sequence(elements, tail), previous, open)),
        );
      case 'Quantifier': {
        const body = element.alternatives.map(({ elements }) => elements);
        return this.resolve(this.repeatOf(element, body, tail), previous, open);
      }
      case 'Assertion': {
        const holds =
          element.kind === 'ahead'
            ? this.ahead(element.alternatives, previous)
            : behind(element.alternatives, previous)
              ? this.all
              : this.none;
        return this.every([element.negate ? this.no(holds) : holds, this.resolve(tail, previous, open)]);
      }
      default:
        throw new UnsupportedPattern('the pattern is not a regular language');
    }
  }

  private repeatOf(element: { min: number; max: number }, body: readonly Sequence[], tail: Rest): Rest {
    // The bodies of one quantifier are one object, so that its repetitions meet again.
    const known = this.bodies.get(element) ?? body;
    this.bodies.set(element, known);
    return this.push({ kind: 'repeat', body: known, min: element.min, max: element.max }, tail);
  }

  private readonly bodies = new Map<object, readonly Sequence[]>();

  private ahead(alternatives: readonly { readonly elements: Sequence }[], previous: Previous): Term {
    return this.some(
      alternatives.map(({ elements }) => this.resolve(this.sequence(elements, this.end), previous, new Set())),
    );
  }

  private sequence(elements: Sequence, tail: Rest): Rest {
    return elements.reduceRight<Rest>((rest, element) => this.push({ kind: 'element', element }, rest), tail);
  }

  private push(head: Head, tail: Rest): Rest {
    const key =
      head.kind === 'element'
        ? `${this.idOf(head.element)},${tail.id}`
        : `${this.idOf(head.body)}{${head.min},${head.max}},${tail.id}`;
    const known = this.rests.get(key);
    if (known) return known;
    if (this.rests.size > maxTerms) throw new UnsupportedPattern('a pattern has too many states');
    const made: Rest = { id: this.rests.size + 1, head, tail };
    this.rests.set(key, made);
    return made;
  }

  private idOf(object: object): number {
    const known = this.ids.get(object) ?? this.ids.size;
    this.ids.set(object, known);
    return known;
  }

  private collect(sequence: Sequence): void {
    for (const element of sequence) {
      if (element.type === 'CharacterClass') this.sets.push(element.characters);
      else if (element.type === 'Unknown') throw new UnsupportedPattern('the pattern is not a regular language');
      else for (const { elements } of element.alternatives) this.collect(elements);
    }
  }

  private read(characters: CharSet, rest: Rest): Term {
    if (characters.isEmpty) return this.none;
    return this.intern(`r${this.idOf(characters)},${rest.id}`, (id) => ({ kind: 'read', id, characters, rest }));
  }

  private some(of: readonly Term[]): Term {
    const parts = flatten('some', of);
    if (parts.has(this.all)) return this.all;
    parts.delete(this.none);
    return this.combine('some', parts, this.none);
  }

  private every(of: readonly Term[]): Term {
    const parts = flatten('every', of);
    if (parts.has(this.none)) return this.none;
    parts.delete(this.all);
    return this.combine('every', parts, this.all);
  }

  private combine(kind: 'some' | 'every', parts: Set<Term>, neutral: Term): Term {
    const [first] = parts;
    this.spend(parts.size / 8);
    if (first === undefined) return neutral;
    if (parts.size === 1) return first;
    const of = [...parts].sort((a, b) => a.id - b.id);
    return this.intern(`${kind}${of.map(({ id }) => id).join(',')}`, (id) => ({ kind, id, of }));
  }

  private no(of: Term): Term {
    if (of.kind === 'no') return of.of;
    if (of.kind === 'all') return this.none;
    if (of.kind === 'none') return this.all;
    return this.intern(`no${of.id}`, (id) => ({ kind: 'no', id, of }));
  }

  private intern(key: string, make: (id: number) => Term): Term {
    const known = this.terms.get(key);
    if (known) return known;
    if (this.terms.size > maxTerms) throw new UnsupportedPattern('a pattern has too many states');
    const made = make(this.terms.size + 2);
    this.terms.set(key, made);
    return made;
  }
}

function flatten(kind: 'some' | 'every', of: readonly Term[]): Set<Term> {
  return new Set(of.flatMap((term) => (term.kind === kind ? term.of : [term])));
}

/** Looking back is possible over one character: `^`, `\b`, `(?<!-)`. */
function behind(alternatives: readonly { readonly elements: Sequence }[], previous: Previous): boolean {
  return alternatives.some(({ elements }) => {
    const [element, ...more] = elements;
    if (element?.type !== 'CharacterClass' || more.length > 0)
      throw new UnsupportedPattern('the pattern looks back over more than one character');
    return previous !== undefined && element.characters.has(previous);
  });
}
