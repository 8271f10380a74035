import { keyOf, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const enumValueWithoutPlace = actionRule({
  id: 'enum-value-without-place',
  severity: 'advice',
  summary: 'A new enum value without BEFORE or AFTER sorts last, for ever.',
  kinds: ['add-enum-value'],
  upOnly: true,
  *check({ type, value, placed }, known) {
    if (placed || known.created.has(`type ${keyOf(type)}`)) return;
    yield {
      message: `'${value}' sorts after all others, also where queries compare with < and >; the order cannot be changed later.`,
      rewrite: `-- ALTER TYPE ${quoteName(type)} ADD VALUE '${value.replaceAll("'", "''")}' AFTER '…';`,
    };
  },
});
