import { quote } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const setLocalOutsideTransaction = actionRule({
  id: 'set-local-outside-transaction',
  severity: 'warning',
  summary: 'SET LOCAL outside a transaction does nothing.',
  kinds: ['set'],
  *check({ name, value, local }, known) {
    if (!local || known.opener !== undefined) return;
    yield {
      message: `SET LOCAL ${name} ends with its own statement here: it limits nothing.`,
      rewrite: `SET ${name.split('.').map(quote).join('.')} = ${value === undefined ? 'DEFAULT' : `'${value.replaceAll("'", "''")}'`};`,
    };
  },
});
