import type { Formula } from '../atom.ts';
import type { Meter } from '../budget.ts';
import { formatNamed, formatsConflict } from '../formats.ts';
import { UnsupportedPattern } from '../language/pattern-tree.ts';
import { findWords, type Language } from '../language/words.ts';
import type { Patterns } from '../patterns.ts';
import { literalOf } from './literal.ts';
import { type None, none, type Unknown, unknown } from './outcome.ts';

export interface StringContext {
  readonly patterns: Patterns;
  readonly meter: Meter;
  /** Whether a word really is what the literals ask for; undefined: not known. */
  readonly test: (word: string) => boolean | undefined;
}

/** Different strings that satisfy all literals, at least one. `complete`: there are no others. */
export type Words = { readonly kind: 'words'; readonly words: readonly string[]; readonly complete: boolean };

/** What the literals ask for, sorted by what can be done with it. */
interface Question {
  readonly patterns: { readonly source: string; readonly holds: boolean }[];
  readonly formats: { readonly name: string; readonly holds: boolean }[];
  readonly refused: Set<string>;
  minLength: number;
  maxLength: number;
  doubt: Unknown | undefined;
}

/**
 * Searches twice: among the words that the literals allow at most, which proves emptiness, and, where a format leaves doubt,
 * among the words that surely have it, which finds one.
 */
export function solveString(
  literals: Iterable<Formula>,
  count: number,
  context: StringContext,
  taken: { has(word: string): boolean } = new Set(),
): Words | None | Unknown {
  const question = gather(literals);
  if (formatsConflict(question.formats)) return none;
  const atMost = search(question, 'possible', count, context, taken);
  if (atMost.kind !== 'words' || question.formats.length === 0) return atMost;
  if (atMost.words.every((word) => context.test(word) === true)) return { ...atMost, complete: atMost.complete };
  const surely = search(question, 'sure', count, context, taken);
  if (surely.kind === 'words') return { ...surely, complete: false };
  const names = question.formats.map(({ name }) => name).join(' and ');
  return unknown(`format ${names} is asserted, and validators differ on the strings in question`);
}

function gather(literals: Iterable<Formula>): Question {
  const question: Question = {
    patterns: [],
    formats: [],
    refused: new Set(),
    minLength: 0,
    maxLength: Number.POSITIVE_INFINITY,
    doubt: undefined,
  };
  for (const formula of literals) {
    const literal = literalOf(formula);
    if (literal === undefined) continue;
    const { atom, holds } = literal;
    if (atom.is === 'long') {
      if (holds) question.minLength = Math.max(question.minLength, atom.min);
      else question.maxLength = Math.min(question.maxLength, atom.min - 1);
    } else if (atom.is === 'match') {
      question.patterns.push({ source: atom.source, holds });
    } else if (atom.is === 'member' && !holds) {
      for (const value of atom.values.values()) if (typeof value === 'string') question.refused.add(value);
    } else if (atom.is === 'format') {
      question.formats.push({ name: atom.name, holds });
    } else if (atom.is === 'opaque') {
      question.doubt = unknown(atom.reason, atom.pointer);
    }
  }
  return question;
}

/** `possible`: no word is missed. `sure`: no word is wrong, as far as formats go. */
function search(
  question: Question,
  side: 'possible' | 'sure',
  count: number,
  { patterns, meter, test }: StringContext,
  taken: { has(word: string): boolean },
): Words | None | Unknown {
  let { doubt } = question;
  const automata: Language['patterns'][number][] = [];
  const add = (source: string, accepted: boolean): void => {
    try {
      automata.push({ automaton: patterns.automaton(source), accepted });
    } catch (error) {
      if (!(error instanceof UnsupportedPattern)) throw error;
      doubt = unknown(`${error.message}: ${source}`);
    }
  };
  for (const { source, holds } of question.patterns) add(source, holds);
  for (const { name, holds } of question.formats)
    add(formatNamed(name)[holds === (side === 'possible') ? 'possible' : 'sure'], holds);
  const { refused, minLength, maxLength } = question;
  const excluded = { has: (word: string) => refused.has(word) || taken.has(word) };
  try {
    const { words, complete } = findWords(
      { patterns: automata, minLength, maxLength, excluded },
      doubt ? count + 40 : count,
      meter,
    );
    if (complete && words.length === 0) return none;
    const good = doubt ? words.filter((word) => test(word) === true).slice(0, count) : words;
    if (good.length < count && doubt) return doubt;
    return good.length === 0
      ? unknown('no string was found')
      : { kind: 'words', words: good, complete: complete && !doubt };
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error;
    return unknown(error.message);
  }
}
