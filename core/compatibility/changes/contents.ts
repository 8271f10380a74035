import { isContentKeyword } from '../../schema/content-keywords.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Family } from '../difference.ts';
import { differing, show, sides, swap, visibleIn } from './values.ts';

const keywords = ['contentEncoding', 'contentMediaType', 'contentSchema'];
const changed: ChangeKind = {
  id: 'contents-changed',
  specName: 'CONSTRAINT_CHANGED',
  mirror: 'contents-changed',
  alternative: (subject) =>
    `Add a new property with the new encoding, fill it from ${subject}, and retire ${subject} in a later major version.`,
};

/** What a string holds. Breaks only where `content*` is asserted. */
export const contents: Family = {
  keywords,
  kinds: [changed],
  compare: (pair, dialect) => {
    const differences = keywords.flatMap((keyword): Difference[] => {
      const found = differing(keyword, pair.old.value, pair.new.value);
      if (!found || !isContentKeyword(keyword, dialect)) return [];
      const { old, next } = found;
      return [
        {
          kind: changed,
          side: visibleIn(next),
          segments: [keyword],
          subject: pair.subject,
          summary: `${keyword} ${show(old)} → ${show(next)}`,
          ...sides(old, next),
          ...swap(keyword, old, next),
        },
      ];
    });
    return { differences, steps: [] };
  },
};
