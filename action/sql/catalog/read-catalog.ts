import type { Client } from 'pg';
import { keyOf } from '../../../core/sql/action/name.ts';
import type { Catalog, ColumnFacts, Dependent, IndexFacts, TableFacts } from '../../../core/sql/catalog/catalog.ts';
import { readColumns } from './columns.ts';
import { readDependents } from './dependents.ts';
import { readDomains } from './domains.ts';
import { readFunctions } from './functions.ts';
import { readIndexes } from './indexes.ts';
import { readProvedNotNull } from './proved-not-null.ts';
import { readTables } from './tables.ts';

/** A snapshot of what the linter may ask, read in one transaction. */
export async function readCatalog(client: Client): Promise<Catalog> {
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const columns = group<ColumnFacts & { readonly name: string }>(await readColumns(client));
  const indexes = await readIndexes(client);
  const indexesOf = group<IndexFacts>(indexes);
  const dependents = group<Dependent>(await readDependents(client));
  const proved = group<{ readonly column: string }>(await readProvedNotNull(client));
  const tables = new Map<string, TableFacts>();
  for (const { oid, schema, name, rows, bytes, policies } of await readTables(client)) {
    tables.set(keyOf({ schema, name }), {
      rows,
      bytes,
      columns: new Map((columns.get(oid) ?? []).map((column) => [column.name, column])),
      indexes: indexesOf.get(oid) ?? [],
      provedNotNull: (proved.get(oid) ?? []).map(({ column }) => column),
      dependents: dependents.get(oid) ?? [],
      policies,
    });
  }
  const functions = new Map((await readFunctions(client)).map((each) => [keyOf(each), each.volatility]));
  const domains = new Map((await readDomains(client)).map((each) => [keyOf(each), each.constrained]));
  const indexByName = new Map(indexes.map((each) => [keyOf(each), each]));
  await client.query('COMMIT');
  return {
    table: (name) => tables.get(keyOf(name)),
    index: (name) => indexByName.get(keyOf(name)),
    volatility: (name) => functions.get(keyOf(name)),
    domainConstrained: (name) => domains.get(keyOf(name)),
  };
}

function group<Fact>(rows: readonly (Fact & { readonly table: number })[]): Map<number, Fact[]> {
  const groups = new Map<number, Fact[]>();
  for (const row of rows) {
    const before = groups.get(row.table);
    if (before === undefined) groups.set(row.table, [row]);
    else before.push(row);
  }
  return groups;
}
