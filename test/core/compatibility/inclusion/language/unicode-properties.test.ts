import { describe, expect, it } from 'vitest';
import { Automaton } from '../../../../../core/compatibility/inclusion/language/automaton.ts';

/** Code points on which the automaton and the engine that runs this test differ. */
function differences(source: string): string[] {
  const [automaton, native] = [new Automaton(source), new RegExp(source, 'u')];
  const found: string[] = [];
  for (let at = 0; at <= 0x10_ff_ff; at += 1) {
    const character = String.fromCodePoint(at);
    if (automaton.test(character) !== native.test(character)) found.push(at.toString(16));
  }
  return found;
}

describe('classes of characters are those of the engine that validates', () => {
  const properties = [
    '\\p{L}',
    '\\p{Lu}',
    '\\P{Nd}',
    '\\p{General_Category=Punctuation}',
    '\\p{Script=Greek}',
    '\\p{scx=Deva}',
    '\\p{Emoji}',
    '\\p{ASCII}',
    '\\p{Any}',
    '\\P{Any}',
    '\\p{Assigned}',
  ];
  it.each(properties)('%s', (property) => {
    expect(differences(`^${property}$`)).toEqual([]);
  });
  it.each([
    '[\\p{L}\\d_-]',
    '[^\\p{L}\\]]',
    '[^\\P{L}a]',
    '(?:\\\\p{2}|[\\]\\p{Lu}])',
    '\\w',
    '\\W',
    '\\d',
    '\\s',
    '\\S',
    '.',
    '[^]',
    '[\\b]',
  ])('%s', (characters) => {
    expect(differences(`^${characters}$`)).toEqual([]);
  });
});
