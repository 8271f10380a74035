import { quoteName } from '../action/name.ts';
import { locksOf } from '../locks/action-locks.ts';
import { everyActionRule } from '../rule.ts';

const worrying = 0.5;

export const intKeyNearExhaustion = everyActionRule({
  id: 'int-key-near-exhaustion',
  severity: 'warning',
  summary: 'The live database has an integer key that is about to run out in a table that this migration touches.',
  *check(action, known) {
    if (known.catalog === undefined) return;
    for (const { table } of locksOf(action)) {
      for (const [name, { type, used }] of known.facts(table)?.columns ?? []) {
        if (used === undefined || used < worrying || (type !== 'int4' && type !== 'int2')) continue;
        const key = `exhausted ${quoteName(table)}.${name}`;
        if (known.said.has(key)) continue;
        known.said.add(key);
        yield {
          message: `\`${name}\` of \`${quoteName(table)}\` has used ${Math.floor(used * 100)} % of its numbers; when none is left, every insert fails.`,
          severity: used >= 0.8 ? 'error' : 'warning',
          table,
          rewrite:
            '-- Widen it to bigint as a migration of its own: a new column beside it, kept in step, filled in batches, swapped.',
        };
      }
    }
  },
});
