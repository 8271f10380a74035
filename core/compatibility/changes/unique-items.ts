import { own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Family } from '../difference.ts';
import { sides, swap, visibleIn } from './values.ts';

const keyword = 'uniqueItems';
const added: ChangeKind = {
  id: 'unique-items-added',
  specName: 'CONSTRAINT_TIGHTENED',
  mirror: 'unique-items-removed',
  alternative: (subject) => `Remove duplicates where ${subject} is written, and ask for it once no record has any.`,
};
const removed: ChangeKind = {
  id: 'unique-items-removed',
  specName: 'CONSTRAINT_LOOSENED',
  mirror: 'unique-items-added',
  alternative: (subject) => `Let readers cope with duplicates in ${subject} first, and allow them in the next version.`,
};

export const uniqueItems: Family = {
  keywords: [keyword],
  kinds: [added, removed],
  compare: (pair) => {
    const [old, next] = [own(pair.old.value, keyword), own(pair.new.value, keyword)];
    if ((old === true) === (next === true)) return { differences: [], steps: [] };
    const difference = {
      kind: next === true ? added : removed,
      side: visibleIn(next),
      segments: [keyword],
      subject: pair.subject,
      summary: next === true ? 'items must be unique' : 'items may repeat',
      ...sides(old, next),
      ...swap(keyword, old, next),
    };
    return { differences: [difference], steps: [] };
  },
};
