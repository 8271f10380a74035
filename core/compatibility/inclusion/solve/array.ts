import type { Json } from '../../../schema/json.ts';
import type { Formula } from '../atom.ts';
import type { Node } from '../node.ts';
import { matchDistinct } from './distinct.ts';
import { literalOf } from './literal.ts';
import { found, none, type Outcome, type Unknown, unknown } from './outcome.ts';
import type { Solver } from './solver.ts';
import type { State } from './state.ts';

/** A rule for the items of a range, or the demand for one of them. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly node: Node;
}

/** A demand for several items that satisfy a node, or the limit of such items. */
interface Count {
  readonly times: number;
  readonly node: Node;
}

const maxLength = 100_000;
const maxLengths = 400;

/** An array that satisfies the literals of a state, as short as they allow. */
export function solveArray(state: State, solver: Solver): Outcome {
  return new ArraySearch(state, solver).run();
}

class ArraySearch {
  private readonly solver: Solver;
  private readonly rules: Range[] = [];
  private readonly tasks: (Range & { times: number })[] = [];
  private readonly limits: Count[] = [];
  private shortest = 0;
  private longest = Number.POSITIVE_INFINITY;
  private unique = false;
  private repeated = false;
  private doubt: Unknown | undefined;
  private readonly nodes: Node[] = [];
  /** From here on all items follow the same rules. */
  private edge = 0;

  constructor(state: State, solver: Solver) {
    this.solver = solver;
    for (const unit of state.units) this.take(unit);
    for (const { from, to } of [...this.rules, ...this.tasks]) {
      this.edge = Math.max(this.edge, from, Number.isFinite(to) ? to : 0);
    }
  }

  run(): Outcome {
    if (this.unique && this.repeated) return none;
    const demanded = this.tasks.reduce((sum, { times }) => sum + times, 0);
    if (demanded > maxLength) return unknown('an array would need too many items');
    const enough = Math.max(this.shortest, this.edge) + demanded + (this.repeated ? 2 : 0);
    const limit = Math.min(this.longest, enough);
    let tried = 0;
    for (let length = this.shortest; length <= limit; length += 1) {
      this.solver.meter.spend();
      if (length > maxLength || (tried += 1) > maxLengths) return unknown('an array would need too many items');
      // An item that cannot be: longer arrays cannot either.
      if (length > 0 && !this.isPossible(length - 1, length === this.shortest ? 0 : length - 1))
        return this.doubt ?? none;
      const items = this.attempt(length);
      if (items) return found(items);
    }
    return this.doubt ?? none;
  }

  private take(unit: Formula): void {
    const literal = literalOf(unit);
    if (literal === undefined) return;
    const { atom, holds } = literal;
    const { nodes } = this.solver.formulas;
    if (atom.is === 'long') {
      if (holds) this.shortest = Math.max(this.shortest, atom.min);
      else this.longest = Math.min(this.longest, atom.min - 1);
    } else if (atom.is === 'items') {
      const { from, to } = atom;
      if (holds) this.rules.push({ from, to, node: atom.node });
      else this.tasks.push({ from, to, node: nodes.not(atom.node), times: 1 });
    } else if (atom.is === 'count') {
      if (holds) this.tasks.push({ from: 0, to: Number.POSITIVE_INFINITY, node: atom.node, times: atom.min });
      else this.limits.push({ times: atom.min - 1, node: atom.node });
    } else if (atom.is === 'unique') {
      if (holds) this.unique = true;
      else this.repeated = true;
    }
  }

  private nodeAt(index: number): Node {
    const at = Math.min(index, this.edge);
    return (this.nodes[at] ??= this.and(
      this.rules.filter(({ from, to }) => from <= at && at < to).map(({ node }) => node),
    ));
  }

  /** Whether the items from `from` to `last` can be at all. */
  private isPossible(last: number, from: number): boolean {
    for (let at = from; at <= Math.min(last, Math.max(from, this.edge)); at += 1) {
      const outcome = this.solver.solve(this.nodeAt(at));
      if (outcome.kind === 'unknown') this.doubt ??= outcome;
      if (outcome.kind === 'none') return false;
    }
    return true;
  }

  private attempt(length: number): Json[] | undefined {
    const slots = Array.from({ length }, (_, at) => this.nodeAt(at));
    return this.place(slots, 0, 0, new Set());
  }

  /** Gives every demand its item. Items that nothing tells apart are tried once. */
  private place(slots: Node[], task: number, done: number, used: ReadonlySet<number>): Json[] | undefined {
    const demand = this.tasks[task];
    if (demand === undefined)
      return this.limit(
        slots,
        0,
        this.limits.map(({ times }) => times),
      );
    if (done === demand.times) return this.place(slots, task + 1, 0, new Set());
    const seen = new Set<string>();
    for (let at = demand.from; at < Math.min(demand.to, slots.length); at += 1) {
      const slot = slots[at];
      if (slot === undefined || used.has(at)) continue;
      const likeness = `${slot.id} ${this.tasks
        .slice(task)
        .map(({ from, to }) => Number(from <= at && at < to))
        .join('')}`;
      if (seen.has(likeness)) continue;
      seen.add(likeness);
      const result = this.narrowed(slots, at, this.and([slot, demand.node]), (changed) =>
        this.place(changed, task, done + 1, demand.times === 1 ? used : new Set([...used, at])),
      );
      if (result) return result;
    }
    return undefined;
  }

  /** Decides for every item whether it counts against a limit. */
  private limit(slots: Node[], at: number, left: readonly number[]): Json[] | undefined {
    if (this.limits.length === 0 || at === slots.length) return this.build(slots);
    return this.solver.meter.deeper(600, () => this.decide(slots, at, 0, left));
  }

  private decide(slots: Node[], at: number, which: number, left: readonly number[]): Json[] | undefined {
    const limit = this.limits[which];
    if (limit === undefined) return this.limit(slots, at + 1, left);
    const slot = slots[at] ?? this.nodeAt(at);
    const { nodes } = this.solver.formulas;
    const free = this.narrowed(slots, at, this.and([slot, nodes.not(limit.node)]), (changed) =>
      this.decide(changed, at, which + 1, left),
    );
    if (free || (left[which] ?? 0) <= 0) return free;
    const fewer = left.map((count, index) => (index === which ? count - 1 : count));
    return this.narrowed(slots, at, this.and([slot, limit.node]), (changed) =>
      this.decide(changed, at, which + 1, fewer),
    );
  }

  private narrowed(
    slots: Node[],
    at: number,
    node: Node,
    then: (slots: Node[]) => Json[] | undefined,
  ): Json[] | undefined {
    this.solver.meter.spend();
    const outcome = node.kind === 'false' ? none : this.solver.solve(node);
    if (outcome.kind === 'unknown') this.doubt ??= outcome;
    if (outcome.kind !== 'found') return undefined;
    if (slots[at] === node) return then(slots);
    const changed = [...slots];
    changed[at] = node;
    return then(changed);
  }

  private build(slots: readonly Node[]): Json[] | undefined {
    if (this.unique) {
      const result = matchDistinct(slots, this.solver);
      if (result === undefined || Array.isArray(result)) return result;
      this.doubt ??= result;
      return undefined;
    }
    const values: Json[] = [];
    for (const node of slots) {
      const outcome = this.solver.solve(node);
      if (outcome.kind === 'unknown') this.doubt ??= outcome;
      if (outcome.kind !== 'found') return undefined;
      values.push(outcome.value);
    }
    return this.repeated ? this.repeat(slots, values) : values;
  }

  /** Makes two items equal. */
  private repeat(slots: readonly Node[], values: readonly Json[]): Json[] | undefined {
    const seen = new Set<string>();
    for (const [first, left] of slots.entries()) {
      for (let second = first + 1; second < slots.length; second += 1) {
        const right = slots[second];
        if (right === undefined) continue;
        const pair = `${left.id} ${right.id}`;
        if (seen.has(pair)) continue;
        seen.add(pair);
        const outcome = this.solver.solve(this.and([left, right]));
        if (outcome.kind === 'unknown') this.doubt ??= outcome;
        if (outcome.kind === 'found')
          return values.map((value, at) => (at === first || at === second ? outcome.value : value));
      }
    }
    return undefined;
  }

  private and(nodes: readonly Node[]): Node {
    return this.solver.formulas.nodes.and(nodes);
  }
}
