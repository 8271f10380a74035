import type { Json } from '../../../schema/json.ts';
import type { Atom, Formula } from '../atom.ts';
import type { Meter } from '../budget.ts';
import { Evaluator } from '../evaluate.ts';
import type { Formulas } from '../formulas.ts';
import { type JsonType, jsonTypes } from '../json-type.ts';
import type { Node } from '../node.ts';
import type { Patterns } from '../patterns.ts';
import { solveArray } from './array.ts';
import { differs } from './differ.ts';
import { literalOf } from './literal.ts';
import { largestLookedAt, magnitude } from './magnitude.ts';
import type { Memo } from './memo.ts';
import { solveNumber } from './number.ts';
import { solveObject } from './object.ts';
import { found, type None, none, type Outcome, type Unknown, unknown } from './outcome.ts';
import { State } from './state.ts';
import { type StringContext, solveString, type Words } from './string.ts';

const maxDepth = 600;

/** Searches a value for a node, or shows that there is none. */
export class Solver {
  readonly formulas: Formulas;
  readonly patterns: Patterns;
  readonly meter: Meter;
  readonly evaluator: Evaluator;
  private readonly memo: Memo;

  constructor(formulas: Formulas, patterns: Patterns, memo: Memo, meter: Meter) {
    this.formulas = formulas;
    this.patterns = patterns;
    this.memo = memo;
    this.meter = meter;
    this.evaluator = new Evaluator(formulas, patterns, meter);
  }

  /** A value of the node. Proves emptiness by descent: the smallest value of a node never contains one of the same node. */
  solve(node: Node): Outcome {
    if (node.kind === 'true') return found(null);
    if (node.kind === 'false') return none;
    return this.memo.once(node, () => this.meter.deeper(maxDepth, () => this.solveTypes(node)));
  }

  /** Up to `count` different values; fewer only when there are no more. */
  several(node: Node, count: number): { values: Json[]; complete: boolean } | Unknown {
    const values: Json[] = [];
    let left = node;
    while (values.length < count) {
      const outcome = this.solve(left);
      if (outcome.kind === 'unknown') return outcome;
      if (outcome.kind === 'none') return { values, complete: true };
      if (magnitude(outcome.value) > largestLookedAt) return unknown('a document would be too large');
      values.push(outcome.value);
      left = this.formulas.nodes.and([node, this.formulas.nodes.not(this.formulas.values(values))]);
    }
    return { values, complete: false };
  }

  /** Strings that satisfy a formula, for the names of properties. */
  names(formula: Formula, count: number, taken: { has(word: string): boolean }): Words | None | Unknown {
    if (formula.kind === 'false') return none;
    const state = State.of(formula, this.formulas, this.meter);
    if (state === undefined) return none;
    const test = (word: string) => this.evaluator.formula(formula, word);
    const listed = state.members();
    if (listed) {
      const open = listed.filter((word): word is string => typeof word === 'string' && !taken.has(word));
      const good = open.filter((word) => test(word) === true);
      if (good.length > 0)
        return { kind: 'words', words: good.slice(0, count), complete: open.every((word) => test(word) !== undefined) };
      return open.some((word) => test(word) === undefined) ? unknown('a name cannot be checked') : none;
    }
    return this.namesIn(state, count, { patterns: this.patterns, meter: this.meter, test }, taken);
  }

  private namesIn(
    state: State,
    count: number,
    context: StringContext,
    taken: { has(word: string): boolean },
  ): Words | None | Unknown {
    const result = solveString(state.units, count, context, taken);
    if (result.kind === 'none') return none;
    const choice = state.smallestChoice(() => true);
    if (choice === undefined) return result;
    if (result.kind === 'words') {
      const good = result.words.filter((word) => context.test(word) === true);
      if (good.length >= count) return { kind: 'words', words: good, complete: false };
    }
    const words = new Set<string>();
    let doubt: Unknown | undefined;
    for (const branch of state.branches(choice)) {
      this.meter.spend();
      const inner = this.namesIn(branch, count, context, taken);
      if (inner.kind === 'unknown') doubt = inner;
      if (inner.kind !== 'words') continue;
      for (const word of inner.words) {
        if (context.test(word) === true) words.add(word);
        else doubt = this.doubt();
      }
      if (inner.words.length < count && !inner.complete) doubt ??= unknown('there may be more names');
      if (words.size >= count) break;
    }
    if (words.size === 0) return doubt ?? none;
    return { kind: 'words', words: [...words].slice(0, count), complete: words.size < count && doubt === undefined };
  }

  private solveTypes(node: Node): Outcome {
    let doubt: Unknown | undefined;
    for (const type of jsonTypes) {
      const outcome = this.solveType(this.formulas.slot(node, type), type);
      if (outcome.kind === 'found') return outcome;
      if (outcome.kind === 'unknown') doubt ??= outcome;
    }
    return doubt ?? none;
  }

  private solveType(formula: Formula, type: JsonType): Outcome {
    if (formula.kind === 'false') return none;
    if (type === 'null') return this.firstOf([null], formula);
    if (type === 'boolean') return this.firstOf([false, true], formula);
    const state = State.of(formula, this.formulas, this.meter);
    return state ? this.search(state, type) : none;
  }

  /** Model first: alternatives are only tried when the value found without them does not satisfy them anyway. */
  private search(state: State, type: JsonType): Outcome {
    this.meter.spend();
    const listed = state.members();
    if (listed) return this.firstOf(listed, state.whole());
    const outcome = this.meter.deeper(maxDepth, () => this.solveLiterals(state, type));
    if (outcome.kind === 'none') return none;
    if (outcome.kind === 'found') {
      const { value } = outcome;
      // Values share their parts, so they can be too large to be looked at: then nothing is known of them, and all ways are tried.
      const isHuge = magnitude(value) > largestLookedAt;
      const clash = isHuge ? undefined : state.refusedBy(value);
      if (isHuge && state.refusesAny()) return unknown('a document would be too large');
      if (clash !== undefined) {
        return this.firstBranch(state.branchesOf(differs(clash, this.formulas)), type);
      }
      const open = state.choices.filter((choice) => isHuge || this.evaluator.formula(choice, value) !== true);
      if (open.length === 0) return outcome;
      return this.split(
        state,
        state.smallestChoice((choice) => open.includes(choice)),
        type,
        this.doubt(),
      );
    }
    return this.split(
      state,
      state.smallestChoice(() => true),
      type,
      outcome,
    );
  }

  private split(state: State, choice: Formula | undefined, type: JsonType, otherwise: Unknown): Outcome {
    if (choice === undefined) return otherwise;
    const leadsNowhere = (way: Formula) => type === 'object' && this.lacksProperty(state, way);
    return this.firstBranch(state.branches(choice, leadsNowhere), type);
  }

  /**
   * Whether no value will do for a property that the way demands. Looked at before the rest of the object, so that the cost of
   * an edit does not grow with the number of properties around it.
   */
  private lacksProperty(state: State, way: Formula): boolean {
    const node = state.demanded(way);
    return node !== undefined && this.solve(node).kind === 'none';
  }

  private firstBranch(branches: Iterable<State>, type: JsonType): Outcome {
    let doubt: Unknown | undefined;
    for (const branch of branches) {
      const outcome = this.meter.deeper(maxDepth, () => this.search(branch, type));
      if (outcome.kind === 'found') return outcome;
      if (outcome.kind === 'unknown') doubt ??= outcome;
    }
    return doubt ?? none;
  }

  private solveLiterals(state: State, type: JsonType): Outcome {
    const outcome = this.solveKnown(state, type);
    if (outcome.kind !== 'found') return outcome;
    const opaque = [...state.units].find((unit) => literalOf(unit)?.atom.is === 'opaque');
    const atom: Atom | undefined = opaque && literalOf(opaque)?.atom;
    if (atom?.is !== 'opaque') return outcome;
    const isSure = this.evaluator.formula(this.formulas.algebra.and(state.units), outcome.value) === true;
    return isSure ? outcome : unknown(atom.reason, atom.pointer);
  }

  private solveKnown(state: State, type: JsonType): Outcome {
    switch (type) {
      case 'integer':
      case 'fraction':
        return solveNumber(state.units, type);
      case 'string': {
        const test = (word: string) => this.evaluator.formula(this.formulas.algebra.and(state.units), word);
        const result = solveString(state.units, 1, { patterns: this.patterns, meter: this.meter, test });
        return result.kind === 'words' ? found(result.words[0] ?? '') : result;
      }
      case 'array':
        return solveArray(state, this);
      case 'object':
        return solveObject(state, this);
      default:
        throw new Error(`no literals of type ${type}`);
    }
  }

  private doubt(): Unknown {
    const { reason, pointer } = this.evaluator.doubt;
    return unknown(reason, pointer);
  }

  private firstOf(values: readonly Json[], formula: Formula): Outcome {
    let doubt: Unknown | undefined;
    for (const value of values) {
      const holds = this.evaluator.formula(formula, value);
      if (holds === true) return found(value);
      if (holds === undefined) doubt ??= this.doubt();
    }
    return doubt ?? none;
  }
}
