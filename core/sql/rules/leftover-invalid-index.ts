import { quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const leftoverInvalidIndex = actionRule({
  id: 'leftover-invalid-index',
  severity: 'error',
  summary: 'IF NOT EXISTS is content with the invalid index that a failed CREATE INDEX CONCURRENTLY left behind.',
  kinds: ['create-index'],
  upOnly: true,
  *check({ index, table, concurrently, ifNotExists }, known) {
    if (index === undefined || !concurrently || known.isNew(table) || known.dropped.has(`index ${index}`)) return;
    const invalid = known.catalog?.index({ ...table, name: index })?.valid === false;
    // Without the catalog only the trap is known, not whether something lies in it.
    if (!invalid && (!ifNotExists || known.catalog !== undefined)) return;
    yield {
      message: invalid
        ? `The database has an invalid index \`${index}\`, left by an attempt that failed: ${ifNotExists ? 'IF NOT EXISTS takes it for done, and no query ever uses it' : 'this statement fails'}.`
        : `If an earlier attempt failed, an invalid index \`${index}\` is there: IF NOT EXISTS takes it for done, and no query ever uses it.`,
      severity: invalid ? 'error' : 'advice',
      table,
      rewrite: `DROP INDEX CONCURRENTLY IF EXISTS ${quoteName(table.schema === undefined ? { name: index } : { schema: table.schema, name: index })};
-- then CREATE INDEX CONCURRENTLY ${quote(index)} … without IF NOT EXISTS.`,
    };
  },
});
