import type { CharacterClass, Concatenation, Element, Quantifier } from 'refa';
import { JS, type NoParent } from 'refa';

type Alternatives = readonly NoParent<Concatenation>[];

/** The halves of surrogate pairs. */
export const halves = JS.createCharSet([{ min: 0xd8_00, max: 0xdf_ff }], {});

/** Where a match stands, in the old mode. */
interface Place {
  /** It may be between the halves of a character. */
  readonly middle: boolean;
  /** The half before it was asked for: `.+`. */
  readonly open: boolean;
  /** Something was denied of its surroundings, which is also true in the middle of a character: `(?!a)`. */
  readonly loose: boolean;
  /** One character was split for a match that no whole characters give. */
  readonly split: boolean;
}

/**
 * Whether a pattern of the old mode, read as one about whole characters, can miss a match between the halves of one: two elements
 * that share a character (`.+.+`, not `.+-.+`), and lookarounds that hold in its middle.
 */
export function splitsCharacters(alternatives: Alternatives): boolean {
  const end = through(alternatives, { middle: true, open: false, loose: false, split: false });
  return end.split || end.loose;
}

function through(alternatives: Alternatives, place: Place): Place {
  return either(alternatives.map(({ elements }) => elements.reduce(after, place)));
}

function after(place: Place, element: NoParent<Element>): Place {
  switch (element.type) {
    case 'CharacterClass':
      return { middle: false, open: false, loose: false, split: place.split };
    case 'Unknown':
      return place;
    case 'Alternation':
      return through(element.alternatives, place);
    case 'Assertion': {
      const isBoundary = { ...place, middle: false, loose: false };
      if (element.negate && isEdge(element.alternatives)) return isBoundary;
      const inner = through(element.alternatives, place);
      const split = place.split || inner.split;
      if (element.negate) return { ...place, loose: place.middle, split };
      return inner.middle ? { ...place, loose: inner.loose, split } : { ...isBoundary, split };
    }
    case 'Quantifier': {
      const single = singleClass(element);
      if (single && !halves.isDisjointWith(single.characters)) {
        const isAsked = element.min > 0;
        const split = place.split || place.loose || (isAsked && place.open);
        return { middle: true, open: place.open || isAsked, loose: false, split };
      }
      const once = through(element.alternatives, place);
      const again = element.max > 1 ? [through(element.alternatives, once)] : [];
      return either([once, ...again, ...(element.min === 0 ? [place] : [])]);
    }
  }
}

function either(places: readonly Place[]): Place {
  return {
    middle: places.some(({ middle }) => middle),
    open: places.some(({ open }) => open),
    loose: places.some(({ loose }) => loose),
    split: places.some(({ split }) => split),
  };
}

export function singleClass({ alternatives }: NoParent<Quantifier>): NoParent<CharacterClass> | undefined {
  const [only, ...more] = alternatives;
  const [element, ...rest] = only?.elements ?? [];
  return more.length === 0 && rest.length === 0 && element?.type === 'CharacterClass' ? element : undefined;
}

/** `^` and `$`: no character before, none behind. */
export function isEdge(alternatives: Alternatives): boolean {
  const [only, ...more] = alternatives;
  const [element, ...rest] = only?.elements ?? [];
  return more.length === 0 && rest.length === 0 && element?.type === 'CharacterClass' && element.characters.isAll;
}
