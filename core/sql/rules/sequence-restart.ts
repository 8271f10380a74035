import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const sequenceRestart = actionRule({
  id: 'sequence-restart',
  severity: 'warning',
  summary: 'A sequence that is set back gives out keys that are taken.',
  kinds: ['alter-sequence'],
  upOnly: true,
  *check({ sequence, restart }, known) {
    if (!restart || known.created.has(`sequence ${keyOf(sequence)}`)) return;
    yield {
      message: `Numbers of \`${quoteName(sequence)}\` that were given out are given out again, unless it is set forward: inserts fail on the primary key.`,
      rewrite: '-- SELECT setval(…, greatest(…)) never goes back.',
    };
  },
});
