import type { Formula } from '../atom.ts';
import type { Meter } from '../budget.ts';
import { formatPatterns, formatSamples, formatsConflict } from '../formats.ts';
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

export function solveString(
  literals: Iterable<Formula>,
  count: number,
  context: StringContext,
  taken: { has(word: string): boolean } = new Set(),
): Words | None | Unknown {
  const { patterns, meter, test } = context;
  const language: { -readonly [K in keyof Language]: Language[K] } & { patterns: Language['patterns'][number][] } = {
    patterns: [],
    minLength: 0,
    maxLength: Number.POSITIVE_INFINITY,
    excluded: taken,
  };
  const refused = new Set<string>();
  const formats: { name: string; holds: boolean }[] = [];
  let doubt: Unknown | undefined;
  for (const formula of literals) {
    const literal = literalOf(formula);
    if (literal === undefined) continue;
    const { atom, holds } = literal;
    if (atom.is === 'long') {
      if (holds) language.minLength = Math.max(language.minLength, atom.min);
      else language.maxLength = Math.min(language.maxLength, atom.min - 1);
    } else if (atom.is === 'match') {
      addPattern(atom.source, holds);
    } else if (atom.is === 'member' && !holds) {
      for (const value of atom.values.values()) if (typeof value === 'string') refused.add(value);
    } else if (atom.is === 'format') {
      formats.push({ name: atom.name, holds });
    } else if (atom.is === 'opaque') {
      doubt = unknown(atom.reason, atom.pointer);
    }
  }
  if (formatsConflict(formats)) return none;
  for (const { name, holds } of formats) {
    if (!holds) continue;
    for (const source of formatPatterns(name)) addPattern(source, true);
  }
  language.excluded = { has: (word) => refused.has(word) || taken.has(word) };
  if (formats.length > 0)
    doubt ??= unknown(
      `format ${formats.map(({ name }) => name).join(' and ')} is asserted, and not all is known of it`,
    );
  return search();

  function addPattern(source: string, accepted: boolean): void {
    try {
      language.patterns.push({ automaton: patterns.automaton(source), accepted });
    } catch (error) {
      if (!(error instanceof UnsupportedPattern)) throw error;
      doubt = unknown(`${error.message}: ${source}`);
    }
  }

  function search(): Words | None | Unknown {
    const samples = formats.flatMap(({ name, holds }) => (holds ? formatSamples(name) : ['a', '!', '']));
    const good = [...new Set(samples)].filter((word) => !language.excluded.has(word) && test(word) === true);
    if (good.length > 0 && good.length >= count) return { kind: 'words', words: good.slice(0, count), complete: false };
    try {
      const { words, complete } = findWords(language, doubt ? count + 40 : count, meter);
      const sure = doubt ? words.filter((word) => test(word) === true) : words;
      if (complete && words.length === 0) return none;
      const all = [...new Set([...good, ...sure])].slice(0, count);
      if (all.length === 0) return doubt ?? unknown('no string was found');
      if (doubt && all.length < count) return doubt;
      return { kind: 'words', words: all, complete: complete && !doubt };
    } catch (error) {
      if (!(error instanceof UnsupportedPattern)) throw error;
      return unknown(error.message);
    }
  }
}
