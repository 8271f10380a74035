import { isObject, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Family } from '../difference.ts';
import { sides, swap } from './values.ts';

const keywords = ['if', 'then', 'else'];
const changed: ChangeKind = {
  id: 'condition-changed',
  specName: 'CONSTRAINT_CHANGED',
  mirror: 'condition-changed',
  alternative: (subject) =>
    `Keep the old condition on ${subject}, and hold new data to the new one where it is written.`,
};

/** `if`, `then` and `else`: one sentence, so a part that comes or goes changes the whole. */
export const condition: Family = {
  keywords,
  kinds: [changed],
  compare: (pair) => {
    const present = (schema: typeof pair.old.value) => keywords.filter((keyword) => isSchema(own(schema, keyword)));
    const [old, next] = [present(pair.old.value), present(pair.new.value)];
    if (old.join(' ') === next.join(' ')) {
      const steps = old.map((keyword) => ({ old: [keyword], new: [keyword], subject: pair.subject }));
      return { differences: [], steps };
    }
    const edits = keywords.map((keyword) => swap(keyword, own(pair.old.value, keyword), own(pair.new.value, keyword)));
    const difference = {
      kind: changed,
      side: next.length > 0 ? ('new' as const) : ('old' as const),
      segments: [next[0] ?? old[0] ?? 'if'],
      subject: pair.subject,
      summary: next.length === 0 ? 'condition removed' : old.length === 0 ? 'condition added' : 'condition changed',
      ...sides(own(pair.old.value, 'if'), own(pair.new.value, 'if')),
      apply: edits.flatMap(({ apply }) => apply),
      undo: edits.flatMap(({ undo }) => undo),
    };
    return { differences: [difference], steps: [] };
  },
};

function isSchema(value: ReturnType<typeof own>): boolean {
  return isObject(value) || typeof value === 'boolean';
}
