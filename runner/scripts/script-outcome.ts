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
 * Of what the room sends: `0` and the record, `1`, `2` and a reason, `3` and the words of `validateRecord`. `text`: the script's own, since a message of `validateRecord` is only passed on when it stands there
 * letter by letter: then it holds no value of a record.
 */
export function outcomeOf(sent: string | undefined, rest: string | undefined, text: string): ScriptOutcome {
  if (rest === undefined) return refusal('gets no answer from the script');
  switch (sent) {
    case '0':
      return canBeStored(rest)
        ? { outcome: 'changed', document: rest }
        : refusal('gets a character from the script that cannot be stored');
    case '1':
      return { outcome: 'skipped' };
    case '2':
      return refusal(JSON.parse(rest) as string);
    case '3': {
      const message = JSON.parse(rest) as string;
      const said = message.length > 2 && message.length < 200 && text.includes(message) ? `: ${message}` : '';
      return refusal(`is refused by validateRecord${said}`);
    }
    default:
      return refusal('gets no answer from the script');
  }
}

function refusal(reason: string): ScriptOutcome {
  return { outcome: 'refused', reason, pointer: '' };
}

/** Escapes that JSON has and PostgreSQL does not take: U+0000, and half of a pair. */
function canBeStored(document: string): boolean {
  if (!/\\u(?:0000|d[89a-f])/i.test(document)) return true;
  return [...walk(JSON.parse(document) as Json)].every(({ value }) =>
    (typeof value === 'string' ? [value] : isObject(value) ? Object.keys(value) : []).every(isStorable),
  );
}
