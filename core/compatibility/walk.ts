import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import { appendPointer, type Pointer } from '../schema/pointer.ts';
import { valueAt } from '../schema/references.ts';
import { existence } from './changes/existence.ts';
import { families } from './changes/index.ts';
import { retargeting } from './changes/retargeted.ts';
import { rewriting } from './changes/rewritten.ts';
import type { Combined } from './combined.ts';
import type { Difference, Pair, Side, Step } from './difference.ts';
import { follow, through } from './follow.ts';
import { SameWords } from './same-words.ts';

/** A difference and the two schemas it is between. */
export interface Found {
  readonly difference: Difference;
  readonly pair: Pair;
}

/** Whether two schemas, which differ in their words, accept the same documents. */
export type SameMeaning = (pair: Pair) => boolean;

/**
 * Walks both versions side by side, through references, and finds what differs. Each pair of schemas is visited once, however many
 * ways lead to it; what is the same word for word is passed over. `sameMeaning` is asked where schemas are put in other words; such a place is one finding, not many.
 */
export function walk(
  combined: Combined,
  sameMeaning: SameMeaning,
  words: Pick<SameWords, 'areApart'> = new SameWords(combined.value),
): Found[] {
  const first = new Walk(combined, words, () => false, { old: new Set(), new: new Set() });
  first.run();
  const second = new Walk(combined, words, sameMeaning, first.shared());
  return second.run();
}

class Walk {
  private readonly found: Found[] = [];
  private readonly visited = new Map<Pointer, Set<Pointer>>();
  private readonly left: Pair[] = [];
  private readonly combined: Combined;
  private readonly words: Pick<SameWords, 'areApart'>;
  private readonly sameMeaning: SameMeaning;
  private readonly shares: { readonly old: ReadonlySet<Pointer>; readonly new: ReadonlySet<Pointer> };

  constructor(combined: Combined, words: Walk['words'], sameMeaning: SameMeaning, shares: Walk['shares']) {
    this.combined = combined;
    this.words = words;
    this.sameMeaning = sameMeaning;
    this.shares = shares;
  }

  run(): Found[] {
    const root = (pointer: Pointer): Side => ({
      value: valueAt(this.combined.value, pointer) ?? true,
      pointer,
      location: { copies: [], pointer },
    });
    this.left.push({ old: root(this.combined.old), new: root(this.combined.new), subject: '' });
    for (let pair = this.left.pop(); pair; pair = this.left.pop()) this.visit(pair);
    return this.found;
  }

  /** Schemas that stand against more than one of the other version. */
  shared(): Walk['shares'] {
    const partners = new Map<Pointer, number>();
    for (const targets of this.visited.values()) {
      for (const pointer of targets) partners.set(pointer, (partners.get(pointer) ?? 0) + 1);
    }
    return {
      old: new Set([...this.visited].filter(([, targets]) => targets.size > 1).map(([pointer]) => pointer)),
      new: new Set([...partners].filter(([, count]) => count > 1).map(([pointer]) => pointer)),
    };
  }

  private visit(pair: Pair): void {
    const old = follow(this.combined, pair.old, this.shares.old);
    const next = follow(this.combined, pair.new, this.shares.new);
    if (!this.isNew(old.pointer, next.pointer)) return;
    const retargeted = retargeting(this.combined, pair, old, next);
    if (retargeted) {
      this.found.push({ difference: retargeted, pair });
      return;
    }
    const resolved = { old, new: next, subject: pair.subject };
    const [before, after] = [asObject(old.value), asObject(next.value)];
    if (!before || !after) {
      const difference = existence(resolved);
      if (difference) this.found.push({ difference, pair: resolved });
      return;
    }
    this.compare({ old: { ...old, value: before }, new: { ...next, value: after }, subject: pair.subject });
  }

  private isNew(old: Pointer, next: Pointer): boolean {
    const targets = this.visited.get(old) ?? new Set();
    this.visited.set(old, targets);
    return !targets.has(next) && targets.add(next).has(next);
  }

  private compare(pair: Pair<JsonObject>): void {
    const findings = families.map((family) => family.compare(pair, this.combined.dialect));
    const differences = findings.flatMap((one) => one.differences);
    const rewritten = rewriting(pair, differences, this.sameMeaning);
    if (rewritten) {
      this.found.push({ difference: rewritten, pair });
      return;
    }
    for (const difference of differences) this.found.push({ difference, pair });
    for (const step of findings.flatMap((one) => one.steps)) {
      const [before, after] = [inside(pair.old.value, step.old), inside(pair.new.value, step.new)];
      if (!this.words.areApart(before, after)) this.left.push(descend(pair, step, before, after));
    }
    const [old, next] = [
      through(this.combined, pair.old, this.shares.old),
      through(this.combined, pair.new, this.shares.new),
    ];
    if (old && next) this.left.push({ old, new: next, subject: pair.subject });
  }
}

/** `true` says what `{}` says; `false` says something of its own. */
function asObject(schema: Json): JsonObject | undefined {
  if (isObject(schema)) return schema;
  return schema === false ? undefined : {};
}

function descend(pair: Pair, step: Step, before: Json, after: Json): Pair {
  const side = ({ pointer, location }: Side, segments: Step['old'], value: Json): Side => ({
    value,
    pointer: appendPointer(pointer, ...segments),
    location: { ...location, pointer: appendPointer(location.pointer, ...segments) },
  });
  return { old: side(pair.old, step.old, before), new: side(pair.new, step.new, after), subject: step.subject };
}

function inside(schema: Json, segments: Step['old']): Json {
  let at: Json | undefined = schema;
  for (const segment of segments) {
    at = Array.isArray(at)
      ? (at[Number(segment)] as Json | undefined)
      : isObject(at)
        ? own(at, String(segment))
        : undefined;
  }
  return at ?? true;
}
