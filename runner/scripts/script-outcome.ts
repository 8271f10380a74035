import { walk } from '../../core/migration/placeholder.ts';
import { isStorable } from '../../core/migration/sql-literal.ts';
import { isObject, type Json } from '../../core/schema/json.ts';

/** A record as a script gets it: JSON text, so that no digit is lost on the way. */
export interface ScriptRecord {
  /** Of the table, as text. */
  readonly key: string;
  readonly document: string;
}

/** What a script makes of a record. */
export type ScriptOutcome =
  | { readonly outcome: 'changed'; readonly document: string }
  /** The script gave null: the record stays as it was given. */
  | { readonly outcome: 'skipped' }
  /** Where in the record and why, never a value. */
  | { readonly outcome: 'refused'; readonly pointer: string; readonly reason: string };

/**
 * Of what the room sends. `text`: the script's own, since a message of `validateRecord` is only passed on when it stands there
 * letter by letter: then it holds no value of a record.
 */
export function outcomeOf(sent: unknown, text: string): ScriptOutcome {
  if (!Array.isArray(sent)) return garbled;
  const [kind, first, second] = sent as unknown[];
  if (kind === 0 && typeof first === 'string')
    return canBeStored(first)
      ? { outcome: 'changed', document: first }
      : { outcome: 'refused', reason: 'gets a character from the script that cannot be stored', pointer: '' };
  if (kind === 1) return { outcome: 'skipped' };
  if (kind === 2 && typeof first === 'string' && typeof second === 'string')
    return { outcome: 'refused', reason: first, pointer: second };
  if (kind === 3 && typeof first === 'string') {
    const said = first.length > 2 && first.length < 200 && text.includes(first) ? `: ${first}` : '';
    return { outcome: 'refused', reason: `is refused by validateRecord${said}`, pointer: '' };
  }
  return garbled;
}

const garbled: ScriptOutcome = { outcome: 'refused', reason: 'gets no answer from the script', pointer: '' };

/** Escapes that JSON has and PostgreSQL does not take: U+0000, and half of a pair. */
function canBeStored(document: string): boolean {
  if (!/\\u(?:0000|d[89a-f])/i.test(document)) return true;
  return [...walk(JSON.parse(document) as Json)].every(({ value }) =>
    (typeof value === 'string' ? [value] : isObject(value) ? Object.keys(value) : []).every(isStorable),
  );
}
