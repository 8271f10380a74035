import type { Assertion, Concatenation, Element, NoParent } from 'refa';
import { isEdge } from './split-characters.ts';

type Alternatives = readonly NoParent<Concatenation>[];

/**
 * Whether V8 may find an empty match between the two halves of a character, though the pattern is one of the Unicode mode: it asks
 * lookarounds there (`\\B`, `(?!a)`), which ECMA-262 does not. What reads a character is safe, and what can match nothing without
 * looking matches everywhere anyway.
 */
export function looksAroundInMiddle(alternatives: Alternatives): boolean {
  return !alternatives.some((one) => isEmptyAlways(one)) && alternatives.some((one) => canBeEmptyInMiddle(one));
}

function isEmptyAlways({ elements }: NoParent<Concatenation>): boolean {
  return elements.every((element) => {
    if (element.type === 'Quantifier' && element.min === 0) return true;
    if (element.type === 'Quantifier' || element.type === 'Alternation')
      return element.alternatives.some(isEmptyAlways);
    return false;
  });
}

function canBeEmptyInMiddle({ elements }: NoParent<Concatenation>): boolean {
  return elements.every(isPossible);
}

function isPossible(element: NoParent<Element>): boolean {
  switch (element.type) {
    case 'CharacterClass':
    case 'Unknown':
      return false;
    case 'Alternation':
      return element.alternatives.some(canBeEmptyInMiddle);
    case 'Quantifier':
      return element.min === 0 || element.alternatives.some(canBeEmptyInMiddle);
    case 'Assertion':
      if (!element.negate) return element.alternatives.some(canBeEmptyInMiddle);
      return !isWrittenEdge(element) && !element.alternatives.some(isEmptyAlways);
  }
}

/** `^` and `$`: in the middle there is a half on either side. V8 does not see that when it is put as `(?<![^])`. */
function isWrittenEdge({ alternatives, source }: NoParent<Assertion>): boolean {
  return isEdge(alternatives) && source !== undefined && source.end - source.start === 1;
}
