import { canonicalJson } from '../../../schema/canonical.ts';
import type { Json } from '../../../schema/json.ts';
import type { Formula } from '../atom.ts';
import type { Meter } from '../budget.ts';
import type { Formulas } from '../formulas.ts';
import type { Node } from '../node.ts';
import { literalOf } from './literal.ts';

/** A conjunction under way: literals that hold, and alternatives that are still open. */
export class State {
  readonly units: Set<Formula>;
  readonly choices: Formula[];
  private readonly formulas: Formulas;
  private readonly meter: Meter;
  private byName: Map<string, Node[]> | undefined;

  private constructor(units: Set<Formula>, choices: Formula[], formulas: Formulas, meter: Meter) {
    this.units = units;
    this.choices = choices;
    this.formulas = formulas;
    this.meter = meter;
  }

  /** Undefined when the formula contradicts itself. */
  static of(formula: Formula, formulas: Formulas, meter: Meter): State | undefined {
    return new State(new Set(), [], formulas, meter).with(formula);
  }

  with(formula: Formula): State | undefined {
    const state = new State(new Set(this.units), [...this.choices], this.formulas, this.meter);
    return state.add([formula]) && state.propagate() ? state : undefined;
  }

  whole(): Formula {
    return this.formulas.algebra.and([...this.units, ...this.choices]);
  }

  /** The values of the shortest list that the value must be in. */
  members(): readonly Json[] | undefined {
    let shortest: ReadonlyMap<string, Json> | undefined;
    for (const unit of this.units) {
      if (unit.kind !== 'leaf' || unit.leaf.is !== 'member') continue;
      if (shortest === undefined || unit.leaf.values.size < shortest.size) shortest = unit.leaf.values;
    }
    return shortest && [...shortest.values()];
  }

  /** The value itself when a list of refused values has it. */
  refusedBy(value: Json): Json | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    for (const unit of this.units) {
      const literal = literalOf(unit);
      if (literal?.atom.is === 'member' && !literal.holds && literal.atom.values.has(canonicalJson(value)))
        return value;
    }
    return undefined;
  }

  /** Whether there is a list of refused values at all. */
  refusesAny(): boolean {
    for (const unit of this.units)
      if (unit.kind === 'not' && unit.of.kind === 'leaf' && unit.of.leaf.is === 'member') return true;
    return false;
  }

  smallestChoice(isMeant: (choice: Formula) => boolean): Formula | undefined {
    let smallest: Formula | undefined;
    let size = Number.POSITIVE_INFINITY;
    for (const choice of this.choices) {
      const width = widthOf(choice);
      if (width < size && isMeant(choice)) [smallest, size] = [choice, width];
    }
    return smallest;
  }

  /** One state for each way to satisfy the choice; the ways together cover it, but for those known to lead nowhere. */
  *branches(choice: Formula, leadsNowhere: (way: Formula) => boolean = () => false): Generator<State> {
    const others = this.choices.filter((other) => other !== choice);
    yield* new State(this.units, others, this.formulas, this.meter).branchesOf(choice, leadsNowhere);
  }

  /** The same for a choice that is not among those of the state. */
  *branchesOf(choice: Formula, leadsNowhere: (way: Formula) => boolean = () => false): Generator<State> {
    for (const way of waysOf(choice, this.formulas)) {
      if (leadsNowhere(way)) continue;
      const state = this.with(way);
      if (state) yield state;
    }
  }

  /** What a way asks of a property that it demands, together with what the literals ask of it. */
  demanded(way: Formula): Node | undefined {
    const literal = literalOf(way);
    if (literal?.atom.is !== 'properties' || literal.atom.name === undefined || literal.holds) return undefined;
    const { nodes } = this.formulas;
    return nodes.and([...(this.properties().get(literal.atom.name) ?? []), nodes.not(literal.atom.node)]);
  }

  private add(list: readonly Formula[]): boolean {
    const { algebra } = this.formulas;
    const left = [...list];
    for (let part = left.pop(); part; part = left.pop()) {
      if (part.kind === 'false') return false;
      if (part.kind === 'true') continue;
      if (part.kind === 'and') left.push(...part.of);
      else if (literalOf(part) === undefined) this.choices.push(part);
      else if (!this.units.has(part)) {
        if (this.units.has(algebra.not(part))) return false;
        this.units.add(part);
        this.byName = undefined;
      }
    }
    return true;
  }

  /** Takes out what the literals decide, until nothing changes. False: nothing can hold. */
  private propagate(): boolean {
    for (let at = 0; at < this.choices.length; ) {
      const choice = this.choices[at];
      if (choice === undefined) break;
      this.meter.spend(widthOf(choice) / 8);
      const simpler = this.simplify(choice, new Map());
      if (simpler === choice) {
        at += 1;
        continue;
      }
      this.choices.splice(at, 1);
      const before = this.units.size;
      if (!this.add([simpler])) return false;
      if (this.units.size !== before) at = 0;
    }
    return true;
  }

  /** Formulas share their parts, so each is looked at once. */
  private simplify(formula: Formula, known: Map<Formula, Formula>): Formula {
    const before = known.get(formula);
    if (before) return before;
    const made = this.simpler(formula, known);
    if (formula.kind === 'and' || formula.kind === 'or' || formula.kind === 'one') {
      this.meter.spend(formula.of.length / 8);
      known.set(formula, made);
    }
    return made;
  }

  private simpler(formula: Formula, known: Map<Formula, Formula>): Formula {
    const { algebra } = this.formulas;
    switch (formula.kind) {
      case 'true':
      case 'false':
        return formula;
      case 'leaf':
      case 'not':
        if (formula.kind === 'not' && formula.of.kind === 'one') {
          const inner = this.simplify(formula.of, known);
          return inner === formula.of ? formula : algebra.not(inner);
        }
        if (this.units.has(formula)) return algebra.true;
        return this.units.has(algebra.not(formula)) || this.clashes(formula) ? algebra.false : formula;
      case 'and':
      case 'or': {
        const of = formula.of.map((part) => this.simplify(part, known));
        if (of.every((part, at) => part === formula.of[at])) return formula;
        return formula.kind === 'and' ? algebra.and(of) : algebra.or(of);
      }
      case 'one': {
        const of = formula.of.map((part) => this.simplify(part, known));
        return of.every((part, at) => part === formula.of[at]) ? formula : algebra.one(of);
      }
    }
  }

  /** A property that would have to be what the literals plainly forbid. */
  private clashes(formula: Formula): boolean {
    const literal = literalOf(formula);
    if (literal?.atom.is !== 'properties' || literal.atom.name === undefined) return false;
    const { nodes } = this.formulas;
    const { name, node } = literal.atom;
    const here = this.properties().get(name);
    if (here === undefined) return false;
    if (!literal.holds) return nodes.and([...here, nodes.not(node)]).kind === 'false';
    return this.units.has(this.formulas.present(name)) && nodes.and([...here, node]).kind === 'false';
  }

  private properties(): Map<string, Node[]> {
    if (this.byName) return this.byName;
    this.byName = new Map();
    for (const unit of this.units) {
      const literal = literalOf(unit);
      if (literal?.atom.is !== 'properties' || literal.atom.name === undefined) continue;
      if (!literal.holds && literal.atom.node.kind !== 'false') continue;
      const nodes = this.byName.get(literal.atom.name) ?? [];
      if (literal.holds) nodes.push(literal.atom.node);
      this.byName.set(literal.atom.name, nodes);
    }
    return this.byName;
  }
}

function* waysOf(choice: Formula, { algebra }: Formulas): Generator<Formula> {
  if (choice.kind === 'or') {
    yield* choice.of;
  } else if (choice.kind === 'one') {
    // By index: a part that is listed twice never holds once.
    for (const [at, part] of choice.of.entries())
      yield algebra.and([part, ...choice.of.filter((_, other) => other !== at).map((other) => algebra.not(other))]);
  } else if (choice.kind === 'not' && choice.of.kind === 'one') {
    const { of } = choice.of;
    yield algebra.and(of.map((part) => algebra.not(part)));
    for (const [at, part] of of.entries()) {
      const before = of.slice(0, at).map((other) => algebra.not(other));
      const after = of.slice(at + 1);
      if (after.length > 0) yield algebra.and([...before, part, algebra.or(after)]);
    }
  } else {
    yield choice;
  }
}

/** In how many ways a choice can be satisfied. */
function widthOf(choice: Formula): number {
  if (choice.kind === 'or' || choice.kind === 'one') return choice.of.length;
  return choice.kind === 'not' && choice.of.kind === 'one' ? choice.of.of.length + 1 : 2;
}
