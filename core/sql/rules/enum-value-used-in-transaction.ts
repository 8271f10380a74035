import { keyOf } from '../action/name.ts';
import { everyActionRule } from '../rule.ts';

export const enumValueUsedInTransaction = everyActionRule({
  id: 'enum-value-used-in-transaction',
  severity: 'error',
  summary: 'A new enum value cannot be used in the transaction that adds it.',
  *check(action, known, { statement, start }) {
    if (known.opener === undefined || action.kind === 'add-enum-value' || known.enumValues.length === 0) return;
    const added = known.enumValues.find(
      ({ type, value, transaction }) =>
        transaction === known.transaction &&
        !known.created.has(`type ${keyOf(type)}`) &&
        statement.tokens.some(
          ({ tokenName, text }) => tokenName === 'SCONST' && text === `'${value.replaceAll("'", "''")}'`,
        ),
    );
    if (added === undefined) return;
    yield {
      message: `'${added.value}' was added to \`${keyOf(added.type)}\` in the same transaction: PostgreSQL refuses to use it before COMMIT.`,
      at: start,
      rewrite: '-- COMMIT after ALTER TYPE … ADD VALUE, or put it into a migration of its own.',
    };
  },
});
