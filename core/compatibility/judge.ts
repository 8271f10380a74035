import type { SchemaBundle } from '../schema/document.ts';
import type { Json } from '../schema/json.ts';
import { type Pointer, parsePointer } from '../schema/pointer.ts';
import type { Validator } from '../schema/validator.ts';
import { ValidatorUnavailable } from '../schema/validator-unavailable.ts';
import { closedProducers } from './closed-producers.ts';
import { bundleAt, type Combined } from './combined.ts';
import type { Pair } from './difference.ts';
import type { Budget } from './inclusion/budget.ts';
import { decideInclusion } from './inclusion/decide.ts';
import { confirm } from './inclusion/witness/confirm.ts';
import { judgeOf } from './judging/judge-of.ts';
import { type Edit, edited } from './location.ts';
import { narrowed } from './narrowed.ts';
import type { Verdict } from './verdict.ts';
import type { Found } from './walk.ts';

export interface JudgeOptions {
  readonly formatAssertion: boolean;
  readonly contentAssertion: boolean;
  readonly producers: 'open' | 'closed';
  readonly budget: Budget;
}

/** Decides about both versions, and about one change alone. */
export class Judge {
  private readonly combined: Combined;
  private readonly options: JudgeOptions;
  /** The same objects each time: what the engine and ajv make of a bundle is kept with it. */
  private readonly unedited: { readonly old: SchemaBundle; readonly new: SchemaBundle };
  private readonly accepts: { readonly old: () => Validator; readonly new: () => Validator };

  constructor(combined: Combined, versions: { old: SchemaBundle; new: SchemaBundle }, options: JudgeOptions) {
    this.combined = combined;
    this.options = options;
    const written = (root: Pointer) => {
      const bundle = bundleAt(combined, root);
      return options.producers === 'closed' ? closedProducers(bundle) : bundle;
    };
    this.unedited = { old: written(combined.old), new: written(combined.new) };
    this.accepts = {
      old: once(() => judgeOf(versions.old, options)),
      new: once(() => judgeOf(versions.new, options)),
    };
  }

  /** Old data in a schema that is old but for this change. */
  backward({ difference, pair }: Found): Verdict {
    const { combined } = this;
    if (this.isLate()) return late;
    const changed = edited(combined.value, pair.old.location, difference.apply);
    const read = bundleAt(combined, combined.old, { value: changed, added: added(difference.apply) });
    return this.alone(this.unedited.old, read, this.accepts.new);
  }

  /** New data in a schema that is new but for this change. */
  forward({ difference, pair }: Found): Verdict {
    const { combined } = this;
    if (this.isLate()) return late;
    const reverted = edited(combined.value, pair.new.location, difference.undo);
    const read = bundleAt(combined, combined.new, { value: reverted, added: added(difference.undo) });
    return this.alone(this.unedited.new, read, this.accepts.old);
  }

  /** Whether two parts of the versions accept the same documents, whatever surrounds them. */
  sameMeaning({ old, new: next }: Pair): boolean {
    const { combined } = this;
    if (this.isLate()) return false;
    const [a, b] = [bundleAt(combined, old.pointer), bundleAt(combined, next.pointer)];
    return this.decide(a, b).verdict === 'compatible' && this.decide(b, a).verdict === 'compatible';
  }

  /** Asked before each change: there may be thousands, and reading a large version takes longer than deciding about it. */
  private isLate(): boolean {
    return this.options.budget.expired?.() ?? false;
  }

  private alone(written: SchemaBundle, read: SchemaBundle, actualReader: () => Validator): Verdict {
    const verdict = this.guessed(written, read) ?? this.decide(written, read);
    if (verdict.verdict === 'undecided') return { ...verdict, pointer: this.originalPointer(verdict.pointer) };
    if (verdict.verdict === 'breaking' && acceptedBy(actualReader, verdict.witness)) {
      const reason = 'alone it would break, but the other changes make up for it in the document that was tried';
      return { verdict: 'undecided', reason, pointer: '' };
    }
    return verdict;
  }

  /**
   * A break that a document for a small part of a large schema shows, when ajv confirms it on the whole. Never anything else: what is
   * compatible or not known there is decided on the whole.
   */
  private guessed(written: SchemaBundle, read: SchemaBundle): Verdict | undefined {
    const part = this.options.producers === 'open' ? narrowed(written, read) : undefined;
    const guess = part && this.decide(part.left, part.right);
    if (guess?.verdict !== 'breaking') return undefined;
    // It was made small on the part.
    const verdict = confirm(written, read, guess.witness, this.options, (witness) => witness);
    return verdict !== 'refused' && verdict.verdict === 'breaking' ? verdict : undefined;
  }

  private decide(written: SchemaBundle, read: SchemaBundle): Verdict {
    const { formatAssertion, contentAssertion, budget } = this.options;
    return decideInclusion(written, read, { formatAssertion, contentAssertion, budget });
  }

  private originalPointer(pointer: Pointer): Pointer {
    return this.combined.origin(pointer)?.pointer ?? (parsePointer(pointer)[0] === 'definitions' ? '' : pointer);
  }
}

const late: Verdict = {
  verdict: 'undecided',
  reason: 'looking at each change took more time than allowed',
  pointer: '',
};

function acceptedBy(reader: () => Validator, witness: Parameters<Validator>[0]): boolean {
  try {
    return reader()(witness).length === 0;
  } catch (error) {
    if (error instanceof ValidatorUnavailable) return false;
    throw error;
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function added(edits: readonly Edit[]): Json[] {
  return edits.flatMap(({ value }) => (value === undefined ? [] : [value]));
}
