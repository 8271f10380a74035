import type { Json } from '../../../schema/json.ts';
import type { Formula } from '../atom.ts';
import type { Node } from '../node.ts';
import { literalOf } from './literal.ts';
import { found, none, type Outcome, type Unknown, unknown } from './outcome.ts';
import type { Solver } from './solver.ts';
import type { State } from './state.ts';

/** A rule for every property whose name is among `names`, or the demand for one. */
interface Rule {
  readonly names: Formula;
  readonly node: Node;
}

interface Property {
  readonly node: Node;
  readonly value: Json;
}

const maxProperties = 3000;

/** An object that satisfies the literals of a state, with as few properties as they allow. */
export function solveObject(state: State, solver: Solver): Outcome {
  return new ObjectSearch(state, solver).run();
}

class ObjectSearch {
  private readonly solver: Solver;
  private readonly rules = new Map<string, Node[]>();
  private readonly general: Rule[] = [];
  private readonly needed = new Map<string, Node[]>();
  private readonly wanted: Rule[] = [];
  private least = 0;
  private most = Number.POSITIVE_INFINITY;
  private doubt: Unknown | undefined;
  /** A rule was applied that may not have to. */
  private uncertain = false;
  private readonly nodes = new Map<string, Node>();
  private readonly chosen = new Map<string, Property>();

  constructor(state: State, solver: Solver) {
    this.solver = solver;
    for (const unit of state.units) this.take(unit);
  }

  run(): Outcome {
    if (this.least > this.most || this.needed.size > this.most) return none;
    // Contradictions that are plain to see come before any search.
    const needed = [...this.needed].map(([name, nodes]) => [name, this.and([this.nodeAt(name), ...nodes])] as const);
    if (needed.some(([, node]) => node.kind === 'false')) return this.uncertain ? (this.doubt ?? none) : none;
    let stuck = false;
    for (const [name, node] of needed) {
      const outcome = this.solver.solve(node);
      if (outcome.kind === 'none') return this.uncertain ? (this.doubt ?? none) : none;
      if (outcome.kind === 'unknown') {
        this.doubt ??= outcome;
        stuck = true;
      } else this.chosen.set(name, { node, value: outcome.value });
    }
    if (stuck)
      return this.wanted.some((rule) => this.isHopeless(rule))
        ? none
        : (this.doubt ?? unknown('a property cannot be checked'));
    if (this.place(0)) return found(this.object());
    return this.doubt ?? none;
  }

  private take(unit: Formula): void {
    const literal = literalOf(unit);
    if (literal === undefined) return;
    const { atom, holds } = literal;
    const { nodes } = this.solver.formulas;
    if (atom.is === 'long') {
      if (holds) this.least = Math.max(this.least, atom.min);
      else this.most = Math.min(this.most, atom.min - 1);
    } else if (atom.is === 'properties') {
      const { name, names } = atom;
      const node = holds ? atom.node : nodes.not(atom.node);
      if (name === undefined) (holds ? this.general : this.wanted).push({ names, node });
      else push(holds ? this.rules : this.needed, name, node);
    }
  }

  /** What the rules ask of a property, should it be there. */
  private nodeAt(name: string): Node {
    const known = this.nodes.get(name);
    if (known) return known;
    const general = this.general.filter(({ names }) => this.covers(names, name));
    const made = this.and([...(this.rules.get(name) ?? []), ...general.map(({ node }) => node)]);
    this.nodes.set(name, made);
    return made;
  }

  /** In doubt a rule is taken to apply: a value found that way is right, only emptiness is then not sure. */
  private covers(names: Formula, name: string): boolean {
    const result = this.solver.evaluator.formula(names, name);
    if (result === undefined) {
      this.uncertain = true;
      this.doubt ??= unknown(`whether a pattern covers the property ${JSON.stringify(name)} is not known`);
    }
    return result !== false;
  }

  private isHopeless(rule: Rule): boolean {
    return rule.node.kind === 'false' || this.solver.solve(rule.node).kind === 'none';
  }

  /** Finds a property for every demand from `at` on: one that is there, a declared one, or a new one. */
  private place(at: number): boolean {
    const rule = this.wanted[at];
    if (rule === undefined) return this.fill();
    for (const [name, node] of this.candidates(rule, this.wanted.slice(at + 1))) {
      this.solver.meter.spend();
      if (node.kind === 'false') continue;
      const before = this.chosen.get(name);
      if (before === undefined && this.chosen.size >= this.most) continue;
      const outcome = this.solver.solve(node);
      if (outcome.kind === 'unknown') this.doubt ??= outcome;
      if (outcome.kind !== 'found') continue;
      this.chosen.set(name, { node, value: outcome.value });
      if (this.place(at + 1)) return true;
      if (before) this.chosen.set(name, before);
      else this.chosen.delete(name);
    }
    return false;
  }

  private *candidates(rule: Rule, later: readonly Rule[]): Generator<readonly [string, Node]> {
    for (const [name, { node }] of new Map(this.chosen)) {
      if (this.covers(rule.names, name)) yield [name, this.and([node, rule.node])];
    }
    for (const name of this.rules.keys()) {
      if (!this.chosen.has(name) && this.covers(rule.names, name))
        yield [name, this.and([this.nodeAt(name), rule.node])];
    }
    for (const { names, node } of this.cells(rule.names, rule.node)) {
      for (const alike of this.apart(names, later, 0)) {
        const [name] = this.newNames(alike, 1);
        if (name !== undefined) yield [name, node];
      }
    }
  }

  /** Splits names by the demands that are still to be met: the one name taken here may be the only one that meets another. */
  private *apart(names: Formula, later: readonly Rule[], at: number): Generator<Formula> {
    this.solver.meter.spend();
    const rule = later[at];
    if (rule === undefined) {
      yield names;
      return;
    }
    const { algebra } = this.solver.formulas;
    const outside = algebra.and([names, algebra.not(rule.names)]);
    const inside = algebra.and([names, rule.names]);
    if (this.mayHaveNames(outside)) yield* this.apart(outside, later, at + 1);
    if (this.mayHaveNames(inside)) yield* this.apart(inside, later, at + 1);
  }

  /** Splits names by the general rules that cover them, so that all names of a cell have the same node. */
  private *cells(names: Formula, node: Node): Generator<Rule> {
    const { algebra } = this.solver.formulas;
    let left = names;
    const open: Rule[] = [];
    for (const rule of this.general) {
      const both = this.and([node, rule.node]);
      // A rule that asks nothing new does not split; one that cannot be met keeps its names out.
      if (this.isEmpty(both)) left = algebra.and([left, algebra.not(rule.names)]);
      else if (both !== node) open.push(rule);
    }
    yield* this.split(left, node, open, 0);
  }

  private *split(names: Formula, node: Node, open: readonly Rule[], at: number): Generator<Rule> {
    this.solver.meter.spend();
    if (node.kind === 'false' || names.kind === 'false') return;
    const rule = open[at];
    if (rule === undefined) {
      yield { names, node };
      return;
    }
    const { algebra } = this.solver.formulas;
    const inside = algebra.and([names, rule.names]);
    const outside = algebra.and([names, algebra.not(rule.names)]);
    const inNode = this.and([node, rule.node]);
    if (inNode === node) {
      yield* this.split(names, node, open, at + 1);
      return;
    }
    const isLast = at + 1 >= open.length;
    if (isLast || this.mayHaveNames(outside)) yield* this.split(outside, node, open, at + 1);
    if (inNode.kind !== 'false' && this.mayHaveNames(inside)) yield* this.split(inside, inNode, open, at + 1);
  }

  /** Looking deeper than at the plain contradiction only pays when many rules would be combined. */
  private isEmpty(node: Node): boolean {
    return node.kind === 'false' || (this.general.length > 3 && this.solver.solve(node).kind === 'none');
  }

  private mayHaveNames(names: Formula): boolean {
    return this.solver.names(names, 1, new Set()).kind !== 'none';
  }

  /** Names that are not declared and not yet used. */
  private newNames(names: Formula, count: number): readonly string[] {
    const taken = { has: (name: string) => this.rules.has(name) || this.chosen.has(name) };
    const result = this.solver.names(names, count, taken);
    if (result.kind === 'unknown') this.doubt ??= result;
    if (result.kind !== 'words') return [];
    if (result.words.length < count && !result.complete) this.doubt ??= unknown('there may be more names');
    return result.words;
  }

  /** Adds properties until there are enough of them. */
  private fill(): boolean {
    if (this.chosen.size >= this.least) return true;
    if (this.least > maxProperties) {
      this.doubt ??= unknown(`an object would need ${this.least} properties`);
      return false;
    }
    const added: string[] = [];
    const add = (name: string, node: Node): boolean => {
      const outcome = node.kind === 'false' ? none : this.solver.solve(node);
      if (outcome.kind === 'unknown') this.doubt ??= outcome;
      if (outcome.kind !== 'found') return false;
      this.chosen.set(name, { node, value: outcome.value });
      added.push(name);
      return true;
    };
    for (const name of this.rules.keys()) {
      if (this.chosen.size >= this.least) return true;
      if (!this.chosen.has(name)) add(name, this.nodeAt(name));
    }
    const { algebra, nodes } = this.solver.formulas;
    for (const { names, node } of this.cells(algebra.true, nodes.true)) {
      if (this.chosen.size >= this.least) return true;
      const outcome = node.kind === 'false' ? none : this.solver.solve(node);
      if (outcome.kind === 'unknown') this.doubt ??= outcome;
      if (outcome.kind !== 'found') continue;
      for (const name of this.newNames(names, this.least - this.chosen.size)) add(name, node);
    }
    if (this.chosen.size >= this.least) return true;
    for (const name of added) this.chosen.delete(name);
    return false;
  }

  private object(): Json {
    return Object.fromEntries([...this.chosen].map(([name, { value }]) => [name, value]));
  }

  private and(nodes: readonly Node[]): Node {
    return this.solver.formulas.nodes.and(nodes);
  }
}

function push(lists: Map<string, Node[]>, name: string, node: Node): void {
  const list = lists.get(name) ?? [];
  list.push(node);
  lists.set(name, list);
}
