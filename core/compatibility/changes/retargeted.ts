import { canonicalJson } from '../../schema/canonical.ts';
import type { Json } from '../../schema/json.ts';
import { type Pointer, parsePointer } from '../../schema/pointer.ts';
import { valueAt } from '../../schema/references.ts';
import type { Combined } from '../combined.ts';
import type { Difference, Pair, Side } from '../difference.ts';
import { retargeted } from './reference.ts';

/**
 * Both sides refer, and to definitions of different names. A definition that only moved or got another name is no change: then its
 * old name is gone and its new one is new. But where both names live on, the reference chose another one of them.
 */
export function retargeting(combined: Combined, pair: Pair, old: Side, next: Side): Difference | undefined {
  const [from, to] = [nameOf(old.pointer), nameOf(next.pointer)];
  if (from === to || old.pointer === pair.old.pointer || next.pointer === pair.new.pointer) return undefined;
  const livesOn = [`/definitions/new${from}`, `/definitions/old${to}`].some(
    (pointer) => valueAt(combined.value, pointer) !== undefined,
  );
  if (!livesOn || plain(old.value) === plain(next.value)) return undefined;
  return {
    kind: retargeted,
    side: 'new',
    segments: [],
    subject: pair.subject,
    summary: `refers to ${last(to)} instead of ${last(from)}`,
    before: old.value,
    after: next.value,
    apply: [{ segments: [], value: next.value }],
    undo: [{ segments: [], value: old.value }],
  };
}

/** `/definitions/old0/definitions/a` → `0/definitions/a`. */
function nameOf(pointer: Pointer): string {
  return pointer.replace(/^\/definitions\/(old|new)/, '');
}

function last(name: string): string {
  return parsePointer(`/${name}`).at(-1) ?? name;
}

function plain(value: Json): string {
  return canonicalJson(value).replaceAll(/#\/definitions\/(old|new)/g, '#');
}
