import { type CharSet, type Concatenation, type Element, JS, type Node, type NoParent } from 'refa';
import { compilePattern } from '../../../schema/pattern.ts';
import { looksAroundInMiddle } from './looks-around-in-middle.ts';
import { halves, isEdge, singleClass, splitsCharacters } from './split-characters.ts';
import { spellProperties } from './unicode-properties.ts';

/** A pattern of a schema that cannot be reasoned about as a set of words. It can still be compared by its text. */
export class UnsupportedPattern extends Error {
  override readonly name = 'UnsupportedPattern';
}

export type Sequence = readonly NoParent<Element>[];

/** A pattern read by refa: what a string must contain. Characters are code points. */
export interface PatternTree {
  readonly alternatives: readonly Sequence[];
}

const maxCharacter = 0x10_ff_ff;

/**
 * Throws `UnsupportedPattern` for back-references, for what refa does not read, and for what is read by halves of surrogate pairs:
 * in the old mode of JavaScript, or (V8) where nothing but a look around is asked.
 */
export function readPattern(source: string): PatternTree {
  if (source.length > 5000) throw new UnsupportedPattern('the pattern is too long');
  const native = compilePattern(source);
  if (!native) throw new UnsupportedPattern('the pattern is not one of ECMA-262');
  try {
    return { alternatives: native.unicode ? byCharacters(source) : byHalves(source) };
  } catch (error) {
    if (error instanceof UnsupportedPattern) throw error;
    throw new UnsupportedPattern('the pattern is not a regular language', { cause: error });
  }
}

function byCharacters(source: string): readonly Sequence[] {
  const alternatives = parse(spellProperties(source), true);
  if (looksAroundInMiddle(alternatives)) throw new UnsupportedPattern('the pattern may match inside of a character');
  return alternatives.map(({ elements }) => elements);
}

function byHalves(source: string): readonly Sequence[] {
  const alternatives = parse(source, false);
  if (splitsCharacters(alternatives)) throw new UnsupportedPattern('the pattern needs the old, half-character mode');
  return alternatives.map((sequence) => wholeCharacters(sequence).elements);
}

function parse(source: string, unicode: boolean): readonly NoParent<Concatenation>[] {
  const parser = JS.Parser.fromLiteral({ source, flags: unicode ? 'u' : '' });
  return parser.parse({
    backreferences: 'throw',
    assertions: 'parse',
    simplify: false,
    maxBackreferenceWords: 0,
    maxNodes: 20_000,
  }).expression.alternatives;
}

/**
 * A pattern of the old mode works on halves of surrogate pairs. It says the same about whole characters when no class holds such
 * a half, or when a class holds all of them and repeats without end.
 */
function wholeCharacters<T extends NoParent<Node>>(node: T): T {
  switch (node.type) {
    case 'CharacterClass':
      if (!halves.isDisjointWith(node.characters))
        throw new UnsupportedPattern('the pattern needs the old, half-character mode');
      return { ...node, characters: node.characters.resize(maxCharacter) };
    case 'Quantifier': {
      const single = singleClass(node);
      if (single && node.max === Number.POSITIVE_INFINITY && node.min <= 1 && halves.isSubsetOf(single.characters)) {
        const characters = single.characters.resize(maxCharacter).union([{ min: 0x1_00_00, max: maxCharacter }]);
        return { ...node, alternatives: [{ type: 'Concatenation', elements: [{ ...single, characters }] }] };
      }
      return { ...node, alternatives: node.alternatives.map((sequence) => wholeCharacters(sequence)) };
    }
    case 'Assertion':
      if (isEdge(node.alternatives)) return { ...node, alternatives: [anyCharacter] };
      return { ...node, alternatives: node.alternatives.map((sequence) => wholeCharacters(sequence)) };
    case 'Alternation':
    case 'Expression':
      return { ...node, alternatives: node.alternatives.map((sequence) => wholeCharacters(sequence)) };
    case 'Concatenation':
      return { ...node, elements: node.elements.map((element) => wholeCharacters(element)) };
    default:
      throw new UnsupportedPattern('the pattern is not a regular language');
  }
}

export const everyCharacter: CharSet = JS.createCharSet([{ min: 0, max: maxCharacter }], { unicode: true });
const anyCharacter: NoParent<Concatenation> = {
  type: 'Concatenation',
  elements: [{ type: 'CharacterClass', characters: everyCharacter }],
};
