import { compilePattern } from '../../schema/pattern.ts';
import { Automaton } from './language/automaton.ts';
import { UnsupportedPattern } from './language/pattern-tree.ts';

/** The patterns of a workspace, each read once. */
export class Patterns {
  private readonly known = new Map<string, Automaton | UnsupportedPattern>();

  /** Throws `UnsupportedPattern`. */
  automaton(source: string): Automaton {
    const known = this.known.get(source) ?? read(source);
    this.known.set(source, known);
    if (known instanceof UnsupportedPattern) throw known;
    return known;
  }

  /** Whether a word contains the pattern; undefined when that cannot be found out in reasonable time. */
  test(source: string, word: string): boolean | undefined {
    try {
      return this.automaton(source).test(word);
    } catch (error) {
      if (!(error instanceof UnsupportedPattern)) throw error;
      // JavaScript may backtrack exponentially, so only on short words.
      return word.length <= 20 ? compilePattern(source)?.test(word) : undefined;
    }
  }
}

function read(source: string): Automaton | UnsupportedPattern {
  try {
    return new Automaton(source);
  } catch (error) {
    if (error instanceof UnsupportedPattern) return error;
    throw error;
  }
}
