import { JS } from 'refa';
import { compilePattern } from './pattern.ts';

type Ast = JS.RegexppAst['pattern'];
type Element = Ast['alternatives'][number]['elements'][number];
/** A state of the machine. `at` is asked before a step is free; `reads` takes one character. */
interface State {
  readonly reads?: (character: string) => boolean;
  readonly at?: (text: readonly string[], position: number) => boolean;
  next: readonly State[];
}

/** What a regular expression asks for that no machine without memory can do: look around, look back. */
class NotRegular extends Error {}

const mostStates = 20_000;

/**
 * Whether a text matches, in time that grows with pattern times text and no faster: all ways are followed at once (Thompson, 1968).
 * Undefined for what is not regular (lookaround, back-references) or too large: then only JavaScript knows, at its price.
 */
export function linearPattern(source: string): ((text: string) => boolean) | undefined {
  const native = compilePattern(source);
  if (!native) return undefined;
  try {
    const { pattern } = JS.Parser.fromLiteral({ source, flags: native.flags }).ast;
    const end: State = { next: [] };
    const start = new Machine(native.flags).alternatives(pattern.alternatives, [end]);
    return (text) => run(start, end, native.unicode ? Array.from(text) : text.split(''));
  } catch (error) {
    if (error instanceof NotRegular) return undefined;
    throw error;
  }
}

/** Builds from the end to the beginning: each part knows what follows it. */
class Machine {
  private states = 0;
  private readonly flags: string;

  constructor(flags: string) {
    this.flags = flags;
  }

  alternatives(alternatives: readonly { readonly elements: readonly Element[] }[], next: readonly State[]): State[] {
    return alternatives.flatMap(({ elements }) =>
      elements.reduceRight<readonly State[]>((rest, element) => this.element(element, rest), next),
    );
  }

  private element(element: Element, next: readonly State[]): State[] {
    this.states += 1;
    if (this.states > mostStates) throw new NotRegular();
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        return this.alternatives(element.alternatives, next);
      case 'Character':
        return [{ reads: (character) => character === String.fromCodePoint(element.value), next }];
      case 'CharacterSet':
      case 'CharacterClass': {
        const one = new RegExp(`^(?:${element.raw})$`, this.flags);
        return [{ reads: (character) => one.test(character), next }];
      }
      case 'Quantifier':
        return this.repeated(element.element, element.min, element.max, next);
      case 'Assertion':
        return [{ at: assertion(element), next }];
      default:
        throw new NotRegular();
    }
  }

  private repeated(element: Element, min: number, max: number, next: readonly State[]): State[] {
    let rest: readonly State[] = next;
    if (max === Infinity) {
      const loop: State = { next: [] };
      loop.next = [...this.element(element, [loop]), ...next];
      rest = [loop];
    } else {
      for (let more = min; more < max; more += 1) rest = [...this.element(element, rest), ...next];
    }
    for (let times = 0; times < min; times += 1) rest = this.element(element, rest);
    return [...rest];
  }
}

function assertion(element: Extract<Element, { type: 'Assertion' }>): NonNullable<State['at']> {
  switch (element.kind) {
    case 'start':
      return (_, position) => position === 0;
    case 'end':
      return (text, position) => position === text.length;
    case 'word':
      return (text, position) => (isWord(text[position - 1]) !== isWord(text[position])) !== element.negate;
    default:
      throw new NotRegular();
  }
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character);
}

function run(start: readonly State[], end: State, text: readonly string[]): boolean {
  let current: readonly State[] = [];
  for (let position = 0; position <= text.length; position += 1) {
    const reached = free([...current, ...start], text, position);
    if (reached.has(end)) return true;
    const character = text[position];
    if (character === undefined) return false;
    current = [...reached].filter((state) => state.reads?.(character)).flatMap((state) => state.next);
  }
  return false;
}

/** All states that are reached without reading. */
function free(states: readonly State[], text: readonly string[], position: number): Set<State> {
  const reached = new Set<State>(states);
  // A set that grows while it is walked is walked to its end.
  for (const state of reached) {
    if (state.reads || state.at?.(text, position) === false) continue;
    for (const next of state.next) reached.add(next);
  }
  return reached;
}

/**
 * Whether JavaScript's own matcher is safe: it goes back and tries again, which explodes where repetitions contain, follow or
 * overlap each other. Only repetitions of single characters, and at most one of them of open length.
 */
export function isHarmless(source: string): boolean {
  const native = compilePattern(source);
  if (!native) return false;
  let open = 0;
  return JS.Parser.fromLiteral({ source, flags: native.flags }).ast.pattern.alternatives.every(isFlat);

  function isFlat({ elements }: { readonly elements: readonly Element[] }): boolean {
    return elements.every((element) => {
      if (element.type === 'Group' || element.type === 'CapturingGroup') return element.alternatives.every(isFlat);
      if (element.type === 'Assertion') return element.kind !== 'lookahead' && element.kind !== 'lookbehind';
      if (element.type !== 'Quantifier') return element.type !== 'Backreference';
      if (element.min !== element.max) open += 1;
      return open <= 1 && /^Character(Set|Class)?$/.test(element.element.type);
    });
  }
}
