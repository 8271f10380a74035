import { own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Family } from '../difference.ts';
import { takenAway } from './taken-away.ts';
import { sides, swap, visibleIn } from './values.ts';

/** A keyword with one subschema: it comes, it goes, or its subschema changes, which the walk then looks into. */
export function subschemaKeyword(options: {
  keyword: string;
  kinds: { added: ChangeKind; removed: ChangeKind };
  words: string;
  subject?: (subject: string) => string;
}): Family {
  const { keyword, kinds, words, subject = (outer: string) => outer } = options;
  return {
    keywords: [keyword],
    kinds: Object.values(kinds),
    compare: (pair) => {
      const [old, next] = [own(pair.old.value, keyword), own(pair.new.value, keyword)];
      if (old === undefined && next === undefined) return { differences: [], steps: [] };
      if (old !== undefined && next !== undefined) {
        return { differences: [], steps: [{ old: [keyword], new: [keyword], subject: subject(pair.subject) }] };
      }
      const difference = {
        kind: old === undefined ? kinds.added : kinds.removed,
        side: visibleIn(next),
        segments: [keyword],
        subject: pair.subject,
        summary: `${words} ${old === undefined ? 'added' : 'removed'}`,
        ...sides(old, next),
        ...swap(keyword, old, next),
      };
      return { differences: [difference], steps: [] };
    },
  };
}

/** The usual pair of kinds. `word`: what readers have to do without when it goes. */
export function comesAndGoes(id: string, word: string, alternative: (subject: string) => string) {
  return {
    added: { id: `${id}-added`, specName: 'CONSTRAINT_TIGHTENED', mirror: `${id}-removed`, alternative },
    removed: {
      id: `${id}-removed`,
      specName: 'CONSTRAINT_LOOSENED',
      mirror: `${id}-added`,
      alternative: takenAway(word),
    },
  } satisfies Record<string, ChangeKind>;
}
