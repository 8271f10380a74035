import { quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const vacuumFull = actionRule({
  id: 'vacuum-full',
  severity: 'error',
  summary: 'VACUUM FULL copies the whole table under the strongest lock.',
  kinds: ['vacuum'],
  growsWithTable: true,
  *check({ tables, full }, known) {
    if (!full || (tables.length > 0 && tables.every((table) => known.isNew(table)))) return;
    const [table] = tables;
    yield {
      message: `${table === undefined ? 'Every table of the database' : 'The whole table'} is copied to a new file.`,
      ...(table === undefined ? {} : { table }),
      lock: 'ACCESS EXCLUSIVE',
      during: 'while it is copied',
      rewrite: `VACUUM${table === undefined ? '' : ` ${quoteName(table)}`};\n-- To give space back to the disk: pg_repack, which needs the strong lock for a moment only.`,
    };
  },
});
