import { isSince } from '../../schema/dialect.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import type { Json } from '../../schema/json.ts';
import type { Pointer } from '../../schema/pointer.ts';
import type { Verdict } from '../verdict.ts';
import { type Budget, Exhausted, Meter } from './budget.ts';
import { largestWitness, magnitude } from './solve/magnitude.ts';
import { none, type Outcome } from './solve/outcome.ts';
import { confirm } from './witness/confirm.ts';
import { workspaceOf } from './workspace.ts';

export interface InclusionOptions {
  /** Whether `format` decides which documents are valid. */
  readonly formatAssertion: boolean;
  /** The same for `contentEncoding`, `contentMediaType` and `contentSchema`; default false. */
  readonly contentAssertion?: boolean;
  readonly budget?: Budget;
}

/**
 * Is every document that is valid under `left` also valid under `right`?
 * `compatible` is proved; `breaking` comes with a document that ajv accepts under `left` and refuses under `right`; all else is
 * `undecided`: what the engine does not understand, where ajv disagrees with it, and every cap that was reached.
 * Never throws for what is in the schemas. Bundles that come up again keep their parsed form.
 */
export function decideInclusion(left: SchemaBundle, right: SchemaBundle, options: InclusionOptions): Verdict {
  const [from, to] = [left, right].map((bundle) => ({ bundle, pointer: '' })) as [SchemaPlace, SchemaPlace];
  const tried: Json[] = [];
  let disagreement: Verdict | undefined;
  for (;;) {
    const outcome = counterexample(from, to, options, tried);
    if (outcome.kind === 'none') return disagreement ?? provedForAll(from, to, options);
    if (outcome.kind === 'unknown') return disagreement ?? undecided(outcome.reason, outcome.pointer);
    if (magnitude(outcome.value) > largestWitness) {
      return disagreement ?? undecided('a document that shows the break would be too large');
    }
    const verdict = confirm(left, right, outcome.value, options);
    if (verdict !== 'refused') return disagreement && verdict.verdict !== 'breaking' ? disagreement : verdict;
    // ajv errs on some documents: another one may do.
    disagreement ??= undecided(`ajv does not agree that ${JSON.stringify(outcome.value).slice(0, 200)} shows a break`);
    tried.push(outcome.value);
    if (tried.length >= mostDisagreements) return disagreement;
  }
}

const mostDisagreements = 4;

/** A proof that leans on a keyword of which validators make two things must hold for those that make the other of it. */
function provedForAll(from: SchemaPlace, to: SchemaPlace, options: InclusionOptions): Verdict {
  if (![from, to].some(({ bundle }) => mayAssertDependencies(bundle))) return compatible(from, to, options);
  const outcome = counterexample(from, to, { ...options, dependenciesEnd: true });
  if (outcome.kind === 'none') return compatible(from, to, options);
  const reason =
    'from 2019-09 on some validators assert "dependencies" and others do not; all know "dependentRequired" and "dependentSchemas"';
  return outcome.kind === 'found' ? undecided(reason) : undecided(outcome.reason, outcome.pointer);
}

/** By name, or by a name that may be spelled with escapes. */
function mayAssertDependencies({ root, files }: SchemaBundle): boolean {
  return [root, ...files.values()].some(
    ({ dialect, text }) => isSince(dialect, '2019-09') && /\bdependencies\b|\\[uUx]/.test(text),
  );
}

function compatible(from: SchemaPlace, to: SchemaPlace, options: InclusionOptions): Verdict {
  const workspace = workspaceOf(from.bundle, to.bundle, workspaceOptions(options));
  const shared = workspace.remotes(from.bundle).filter((address) => workspace.remotes(to.bundle).includes(address));
  if (shared.length === 0) return { verdict: 'compatible' };
  const assuming = `both versions find the same schema at ${shared.slice(0, 3).join(', ')}${shared.length > 3 ? ' …' : ''}`;
  return { verdict: 'compatible', assuming };
}

function workspaceOptions({ formatAssertion, contentAssertion = false, dependenciesEnd = false }: ReadingOptions) {
  return { formatAssertion, contentAssertion, dependenciesEnd };
}

function undecided(reason: string, pointer: Pointer = ''): Verdict {
  return { verdict: 'undecided', reason, pointer };
}

interface ReadingOptions extends InclusionOptions {
  /** As if the keyword had ended with draft 07. */
  readonly dependenciesEnd?: boolean;
}

/** A schema inside a bundle's root document. */
export interface SchemaPlace {
  readonly bundle: SchemaBundle;
  readonly pointer: Pointer;
}

/**
 * A value that is valid at `left` and not at `right`: found, proved not to exist, or not known. Found by the engine alone, so a
 * value is no witness until ajv has seen it. `except`: values that will not do.
 */
export function counterexample(
  left: SchemaPlace,
  right: SchemaPlace,
  options: ReadingOptions,
  except: readonly Json[] = [],
): Outcome {
  return guarded(() => {
    const workspace = workspaceOf(left.bundle, right.bundle, workspaceOptions(options));
    const { nodes } = workspace.formulas;
    const solver = workspace.solver(new Meter(options.budget));
    const others = except.length === 0 ? nodes.true : nodes.not(workspace.formulas.values(except));
    const refused = nodes.and([nodes.not(workspace.node(right.bundle, right.pointer)), others]);
    const accepted = workspace.node(left.bundle, left.pointer);
    return solver.solve(nodes.and([accepted, refused]));
  });
}

/** A value that is valid at a place, the proof that there is none, or neither. */
export function satisfyingValue(place: SchemaPlace, options: InclusionOptions): Outcome {
  return guarded(() => {
    const workspace = workspaceOf(place.bundle, place.bundle, workspaceOptions(options));
    return workspace.solver(new Meter(options.budget)).solve(workspace.node(place.bundle, place.pointer));
  });
}

/** Whether the engine, without ajv, takes a value for valid at a place; undefined when it does not know. */
export function acceptsValue(place: SchemaPlace, value: Json, options: InclusionOptions): boolean | undefined {
  let result: boolean | undefined;
  guarded(() => {
    const workspace = workspaceOf(place.bundle, place.bundle, workspaceOptions(options));
    result = workspace
      .solver(new Meter(options.budget))
      .evaluator.node(workspace.node(place.bundle, place.pointer), value);
    return none;
  });
  return result;
}

/** Caps end in `unknown`. */
function guarded(run: () => Outcome): Outcome {
  try {
    return run();
  } catch (error) {
    if (error instanceof Exhausted) return { kind: 'unknown', reason: error.reason, pointer: '' };
    // The stack is the one cap that the machine sets.
    if (error instanceof RangeError)
      return { kind: 'unknown', reason: 'the schemas are nested too deeply', pointer: '' };
    throw error;
  }
}
