import { own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Family } from '../difference.ts';
import { takenAway } from './taken-away.ts';
import { differing, show, sides, swap, visibleIn } from './values.ts';

/** What a value keyword is called in summaries, and its advice. */
export interface ValueKeyword {
  readonly keyword: string;
  /** Of the kinds: `pattern` gives `pattern-added`, `pattern-removed`, `pattern-changed`. */
  readonly id: string;
  readonly added: (subject: string) => string;
  /** What it is called where readers have to do without it: `the pattern`. */
  readonly word: string;
}

/** A family of one keyword that either asks something or is absent, and whose values have no order. */
export function valueKeyword({ keyword, id, added, word }: ValueKeyword): Family {
  const kinds = {
    added: { id: `${id}-added`, specName: 'CONSTRAINT_TIGHTENED', mirror: `${id}-removed`, alternative: added },
    removed: {
      id: `${id}-removed`,
      specName: 'CONSTRAINT_LOOSENED',
      mirror: `${id}-added`,
      alternative: takenAway(word),
    },
    changed: { id: `${id}-changed`, specName: 'CONSTRAINT_CHANGED', mirror: `${id}-changed`, alternative: added },
  } satisfies Record<string, ChangeKind>;
  return {
    keywords: [keyword],
    kinds: Object.values(kinds),
    compare: (pair) => {
      const found = differing(keyword, pair.old.value, pair.new.value);
      if (!found) return { differences: [], steps: [] };
      const { old, next } = found;
      const kind = old === undefined ? kinds.added : next === undefined ? kinds.removed : kinds.changed;
      const difference = {
        kind,
        side: visibleIn(own(pair.new.value, keyword)),
        segments: [keyword],
        subject: pair.subject,
        summary: old === undefined ? `${keyword} ${show(next)} added` : `${keyword} ${show(old)} → ${show(next)}`,
        ...sides(old, next),
        ...swap(keyword, old, next),
      };
      return { differences: [difference], steps: [] };
    },
  };
}
