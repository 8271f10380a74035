import type { RunOrder } from '../registry/runs/order.ts';
import { csvLine } from './csv.ts';
import { connectTarget } from './databases/postgres/connect.ts';
import { keyList, keyRow, keyText, keyValue, valuesOf } from './databases/postgres/keys.ts';
import { namesOf } from './databases/postgres/names.ts';
import { hasQuarantine, quarantineColumns } from './databases/postgres/quarantine.ts';
import { qualified, quoted } from './databases/postgres/relation.ts';
import { isRow, readTable } from './databases/postgres/table.ts';
import { readRecordTable } from './prepare.ts';

const pageSize = 500;

/**
 * The records that a run has set aside, as lines of CSV: all columns of the table, and pointer, reason and time. Only
 * the header where nothing is set aside. These lines hold the records themselves: they belong to whoever asked for them.
 */
export async function* exportQuarantine(
  url: string,
  run: RunOrder & { readonly id: string },
): AsyncGenerator<string, void> {
  const client = await connectTarget(url);
  try {
    const { quarantine } = namesOf(run.id);
    const table = await readRecordTable(client, run);
    const there = await hasQuarantine(client, quarantine);
    // Where the columns are the properties, those of the table in use may not be those of the rows that were set aside.
    const own = isRow(table) && there ? ((await readTable(client, quarantine))?.columns ?? []) : table.columns;
    const kept = own.map(({ name }) => name).filter((name) => !(quarantineColumns as readonly string[]).includes(name));
    const names = [...kept, ...quarantineColumns];
    yield csvLine(names);
    if (!there) return;
    const { key } = table;
    for (let after: string | null = null; ; ) {
      const page = await client.query<(string | null)[]>({
        text: `SELECT ${[...names.map((name) => `${quoted(name)}::text`), keyText(key)].join(', ')} FROM ${qualified(quarantine)}
          ${after === null ? '' : `WHERE ${keyRow(key)} > ${keyValue(key, 2)}`} ORDER BY ${keyList(key, qualified(quarantine))} LIMIT $1`,
        values: after === null ? [pageSize] : [pageSize, ...valuesOf(key, after)],
        rowMode: 'array',
      });
      const rows: (string | null)[][] = page.rows;
      for (const row of rows) yield csvLine(row.slice(0, -1));
      after = rows.at(-1)?.at(-1) ?? null;
      if (rows.length < pageSize) return;
    }
  } finally {
    await client.end();
  }
}
