import { type Json, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Family } from '../difference.ts';
import { sides, swap, visibleIn } from './values.ts';

const alternative = (subject: string) => `Let ${subject} refer to the old definition, and add the new one beside it.`;
const added: ChangeKind = { id: 'reference-added', mirror: 'reference-removed', alternative };
const removed: ChangeKind = { id: 'reference-removed', mirror: 'reference-added', alternative };
/** Found by the walk, which follows references. */
export const retargeted: ChangeKind = { id: 'reference-retargeted', mirror: 'reference-retargeted', alternative };

/** A `$ref` beside other keywords (2019-09 and later), which comes or goes; where there is one on both sides the walk follows it. */
export const reference: Family = {
  keywords: ['$ref'],
  kinds: [added, removed, retargeted],
  compare: (pair) => {
    const [old, next] = [own(pair.old.value, '$ref'), own(pair.new.value, '$ref')];
    if (isText(old) === isText(next)) return { differences: [], steps: [] };
    const difference = {
      kind: isText(next) ? added : removed,
      side: visibleIn(next),
      segments: ['$ref'],
      subject: pair.subject,
      summary: isText(next) ? 'reference added' : 'reference removed',
      ...sides(old, next),
      ...swap('$ref', old, next),
    };
    return { differences: [difference], steps: [] };
  },
};

function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}
