/** A Boolean combination of leaves. Interned: equal expressions are the same object, so comparing and caching are cheap. */
export type Expression<Leaf> =
  | { readonly kind: 'true'; readonly id: number }
  | { readonly kind: 'false'; readonly id: number }
  | { readonly kind: 'leaf'; readonly id: number; readonly leaf: Leaf }
  /** Of a leaf or of `one`: everything else is pushed inwards. */
  | { readonly kind: 'not'; readonly id: number; readonly of: Expression<Leaf> }
  | { readonly kind: 'and'; readonly id: number; readonly of: readonly Expression<Leaf>[] }
  | { readonly kind: 'or'; readonly id: number; readonly of: readonly Expression<Leaf>[] }
  /** Exactly one holds. */
  | { readonly kind: 'one'; readonly id: number; readonly of: readonly Expression<Leaf>[] };

/** Simplifications that need to know the leaves; they get and give the parts of one conjunction. */
export type Reduce<Leaf extends { readonly key: string }> = (
  parts: ReadonlySet<Expression<Leaf>>,
  algebra: Algebra<Leaf>,
) => Iterable<Expression<Leaf>>;

export class Algebra<Leaf extends { readonly key: string }> {
  readonly true: Expression<Leaf> = { kind: 'true', id: 0 };
  readonly false: Expression<Leaf> = { kind: 'false', id: 1 };
  private readonly known = new Map<string, Expression<Leaf>>();
  private readonly negations = new Map<Expression<Leaf>, Expression<Leaf>>([
    [this.true, this.false],
    [this.false, this.true],
  ]);
  private readonly reduce: Reduce<Leaf> | undefined;
  private readonly onNew: () => void;

  constructor(onNew: () => void, reduce?: Reduce<Leaf>) {
    this.onNew = onNew;
    this.reduce = reduce;
  }

  leaf(leaf: Leaf): Expression<Leaf> {
    return this.intern(`=${leaf.key}`, (id) => ({ kind: 'leaf', id, leaf }));
  }

  not(of: Expression<Leaf>): Expression<Leaf> {
    const known = this.negations.get(of);
    if (known) return known;
    const made = this.negated(of);
    this.negations.set(of, made);
    if (!this.negations.has(made)) this.negations.set(made, of);
    return made;
  }

  /** Whether two expressions are plainly each other's opposite. Never makes anything. */
  areOpposites(left: Expression<Leaf>, right: Expression<Leaf>): boolean {
    return this.negations.get(left) === right || this.negations.get(right) === left;
  }

  and(of: Iterable<Expression<Leaf>>): Expression<Leaf> {
    let parts = new Set<Expression<Leaf>>();
    for (const part of of) {
      if (part.kind === 'false') return this.false;
      if (part.kind === 'and') for (const inner of part.of) parts.add(inner);
      else if (part.kind !== 'true') parts.add(part);
    }
    for (const part of parts) if (this.deniedBy(parts, part)) return this.false;
    if (parts.size > 1) {
      const simpler = this.resolved(parts);
      if (simpler === undefined) return this.false;
      parts = simpler;
    }
    if (this.reduce && parts.size > 0) {
      parts = new Set(this.reduce(parts, this));
      if (parts.has(this.false)) return this.false;
      parts.delete(this.true);
    }
    return this.combine('and', parts, this.true);
  }

  or(of: Iterable<Expression<Leaf>>): Expression<Leaf> {
    const parts = new Set<Expression<Leaf>>();
    for (const part of of) {
      if (part.kind === 'true') return this.true;
      if (part.kind === 'or') for (const inner of part.of) parts.add(inner);
      else if (part.kind !== 'false') parts.add(part);
    }
    for (const part of parts) if (this.deniedBy(parts, part)) return this.true;
    // a or (a and b) is a.
    for (const part of parts) if (part.kind === 'and' && part.of.some((inner) => parts.has(inner))) parts.delete(part);
    return this.combine('or', parts, this.false);
  }

  one(of: readonly Expression<Leaf>[]): Expression<Leaf> {
    const certain = of.filter(({ kind }) => kind === 'true').length;
    const open = of.filter(({ kind }) => kind !== 'true' && kind !== 'false');
    if (certain > 1) return this.false;
    if (certain === 1) return this.and(open.map((part) => this.not(part)));
    if (open.length <= 1) return open[0] ?? this.false;
    const sorted = [...open].sort((a, b) => a.id - b.id);
    return this.intern(`one ${sorted.map(({ id }) => id).join(',')}`, (id) => ({ kind: 'one', id, of: sorted }));
  }

  private deniedBy(parts: ReadonlySet<Expression<Leaf>>, part: Expression<Leaf>): boolean {
    const negation = this.negations.get(part);
    return negation !== undefined && parts.has(negation);
  }

  /** Takes out of each alternative what the other parts decide already. Undefined: nothing can hold. */
  private resolved(parts: Set<Expression<Leaf>>): Set<Expression<Leaf>> | undefined {
    let current = parts;
    for (let changed = true; changed; ) {
      changed = false;
      for (const part of current) {
        if (part.kind !== 'or') continue;
        if (part.of.some((choice) => current.has(choice))) {
          current = new Set(current);
          current.delete(part);
          changed = true;
          continue;
        }
        const left = part.of.filter((choice) => !this.refuted(current, choice));
        if (left.length === part.of.length) continue;
        const [only] = left;
        if (only === undefined) return undefined;
        current = new Set(current);
        current.delete(part);
        const rest = left.length === 1 ? only : this.combine('or', new Set(left), this.false);
        for (const inner of rest.kind === 'and' ? rest.of : [rest]) {
          if (this.deniedBy(current, inner)) return undefined;
          current.add(inner);
        }
        changed = true;
      }
    }
    return current;
  }

  private refuted(parts: ReadonlySet<Expression<Leaf>>, choice: Expression<Leaf>): boolean {
    if (this.deniedBy(parts, choice)) return true;
    return choice.kind === 'and' && choice.of.some((inner) => this.deniedBy(parts, inner));
  }

  private negated(of: Expression<Leaf>): Expression<Leaf> {
    switch (of.kind) {
      case 'and':
        return this.or(of.of.map((part) => this.not(part)));
      case 'or':
        return this.and(of.of.map((part) => this.not(part)));
      case 'not':
        return of.of;
      default:
        return this.intern(`not ${of.id}`, (id) => ({ kind: 'not', id, of }));
    }
  }

  private combine(
    kind: 'and' | 'or',
    parts: ReadonlySet<Expression<Leaf>>,
    neutral: Expression<Leaf>,
  ): Expression<Leaf> {
    const [first] = parts;
    if (first === undefined) return neutral;
    if (parts.size === 1) return first;
    const of = [...parts].sort((a, b) => a.id - b.id);
    return this.intern(`${kind} ${of.map(({ id }) => id).join(',')}`, (id) => ({ kind, id, of }));
  }

  private intern(key: string, make: (id: number) => Expression<Leaf>): Expression<Leaf> {
    const known = this.known.get(key);
    if (known) return known;
    this.onNew();
    const made = make(this.known.size + 2);
    this.known.set(key, made);
    return made;
  }
}
