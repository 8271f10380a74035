import type { SchemaBundle } from '../../schema/document.ts';
import type { Pointer } from '../../schema/pointer.ts';
import type { Meter } from './budget.ts';
import { Formulas } from './formulas.ts';
import type { Node } from './node.ts';
import { Patterns } from './patterns.ts';
import { Reader } from './read/reader.ts';
import { Memo } from './solve/memo.ts';
import { Solver } from './solve/solver.ts';

export interface WorkspaceOptions {
  readonly formatAssertion: boolean;
  readonly contentAssertion: boolean;
  readonly dependenciesEnd: boolean;
}

/** Schemas of several bundles in one form, so that what is equal is the same object, and what was found is found once. */
export class Workspace {
  readonly formulas = new Formulas();
  private readonly patterns = new Patterns();
  private readonly memo = new Memo();
  private readonly readers = new WeakMap<SchemaBundle, Reader>();
  private readonly options: WorkspaceOptions;

  constructor(options: WorkspaceOptions) {
    this.options = options;
  }

  /** The node of the schema at a place of the bundle's root. Throws `Exhausted`. */
  node(bundle: SchemaBundle, pointer: Pointer): Node {
    return this.formulas.node(this.reader(bundle).schemaAt(pointer));
  }

  solver(meter: Meter): Solver {
    return new Solver(this.formulas, this.patterns, this.memo, meter);
  }

  /** So full that a new one is better. */
  get isFull(): boolean {
    return this.formulas.isCrowded;
  }

  /** Addresses on the web that the bundle refers to, and that it does not have. */
  remotes(bundle: SchemaBundle): readonly string[] {
    return [...this.reader(bundle).remotes];
  }

  private reader(bundle: SchemaBundle): Reader {
    const known = this.readers.get(bundle);
    if (known) return known;
    const made = new Reader(bundle, this.formulas, this.options);
    this.readers.set(bundle, made);
    return made;
  }
}

const kept = new WeakMap<SchemaBundle, Map<string, Workspace>>();

/** The workspace of two bundles: the one that either of them is in already, as long as there is room. */
export function workspaceOf(left: SchemaBundle, right: SchemaBundle, options: WorkspaceOptions): Workspace {
  const key = `${options.formatAssertion} ${options.contentAssertion} ${options.dependenciesEnd}`;
  const known = [left, right]
    .map((bundle) => kept.get(bundle)?.get(key))
    .find((workspace) => workspace && !workspace.isFull);
  const workspace = known ?? new Workspace(options);
  for (const bundle of [left, right]) {
    const byOptions = kept.get(bundle) ?? new Map<string, Workspace>();
    kept.set(bundle, byOptions.set(key, workspace));
  }
  return workspace;
}
