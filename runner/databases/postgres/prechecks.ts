import type { Client } from 'pg';
import type { Target } from '../../../core/configuration/configuration.ts';
import { defaultOptions, type RunOptions } from '../../../core/migration/run-options.ts';
import { findDependants } from './dependants.ts';
import { otherRunOn } from './ledger.ts';
import type { Obstacle } from './obstacle.ts';
import { readReferences } from './references.ts';
import { qualified, quoted } from './relation.ts';
import { checkRows } from './rows/check-rows.ts';
import type { RowVersions } from './rows/plan-columns.ts';
import { type Column, keyNames, type RecordTable, readTable, recordTableOf, relationOf, type Table } from './table.ts';

const keyTypes = /^(smallint|integer|bigint|uuid|text|character varying(\(\d+\))?)$/;

/** Looks at everything that could stop the run later, and changes nothing. All obstacles at once. */
export async function checkTarget(
  client: Client,
  runId: string,
  target: Target,
  options: RunOptions = defaultOptions,
  /** What the versions say of columns, or what keeps them from saying it; needed where the columns are the properties. */
  versions?: RowVersions | { readonly obstacles: readonly Obstacle[] },
): Promise<{ readonly table: RecordTable } | { readonly obstacles: readonly Obstacle[] }> {
  const relation = relationOf(target);
  const table = await readTable(client, relation);
  if (table === undefined) {
    return {
      obstacles: [
        {
          problem: `There is no table ${qualified(relation)} in this database`,
          remedy: `Correct \`table\` of the target \`${target.name}\` in .github/sluice.yml, or the address of the database.`,
        },
      ],
    };
  }
  const document = table.columns.find((column) => column.name === target.document);
  const obstacles = [
    ...(await checkServer(client)),
    ...(await checkRights(client, table)),
    ...(await checkKind(client, table)),
    ...checkKey(table, target),
    ...(target.document === undefined
      ? await checkRows(client, table, options, versions)
      : checkDocument(table, target.document, target, document)),
    ...(await checkOtherRuns(client, runId, table)),
    ...(await findDependants(client, table)),
    ...(options.invalid.action === 'quarantine' ? await checkReferrers(client, table) : []),
  ];
  const records = recordTableOf(table, target);
  if (obstacles.length > 0 || records === undefined) return { obstacles };
  return { table: records };
}

async function checkServer(client: Client): Promise<Obstacle[]> {
  const { rows } = await client.query<{ version: number; recovery: boolean; read_only: string; blind: boolean }>(
    `SELECT current_setting('server_version_num')::int AS version, pg_is_in_recovery() AS recovery,
       current_setting('transaction_read_only') AS read_only,
       NOT pg_has_role('pg_read_all_stats', 'USAGE') AS blind`,
  );
  const [server] = rows;
  const obstacles: Obstacle[] = [];
  if (server === undefined || server.version < 140_000) {
    obstacles.push({ problem: 'The server is older than PostgreSQL 14', remedy: 'Update PostgreSQL.' });
  }
  if (server?.recovery || server?.read_only === 'on') {
    obstacles.push({
      problem: 'The server takes no writes: it is a replica, or transactions are read-only',
      remedy: 'Give the runner the address of the primary.',
    });
  }
  if (server?.blind) {
    obstacles.push({
      problem: 'The role may not see what other sessions do',
      remedy:
        'GRANT pg_monitor to it: before the swap the runner must know of long transactions, old snapshots and replicas.',
    });
  }
  return obstacles;
}

async function checkRights(client: Client, table: Table): Promise<Obstacle[]> {
  const { rows } = await client.query<{ owner: boolean; database: boolean; schema: boolean; role: string }>(
    `SELECT pg_has_role(c.relowner, 'USAGE') AS owner, has_database_privilege(current_database(), 'CREATE') AS database,
       has_schema_privilege(c.relnamespace, 'CREATE') AS schema, current_user AS role
     FROM pg_class c WHERE c.oid = $1`,
    [table.oid],
  );
  const [rights] = rows;
  const obstacles: Obstacle[] = [];
  const role = quoted(rights?.role ?? '');
  if (!rights?.owner) {
    obstacles.push({
      problem: `The role ${role} does not own ${qualified(table)}`,
      remedy: `GRANT ${quoted(table.owner)} TO ${role}: swapping tables needs the rights of the owner.`,
    });
  }
  if (!rights?.database) {
    obstacles.push({
      problem: `The role ${role} may not create schemas in this database`,
      remedy: `GRANT CREATE ON DATABASE … TO ${role}.`,
    });
  }
  if (!rights?.schema) {
    obstacles.push({
      problem: `The role ${role} may not create tables in the schema ${quoted(table.schema)}`,
      remedy: `GRANT CREATE ON SCHEMA ${quoted(table.schema)} TO ${role}.`,
    });
  }
  return obstacles;
}

async function checkKind(client: Client, table: Table): Promise<Obstacle[]> {
  const { rows } = await client.query<{ problem: string; remedy: string }>(
    `SELECT problem, remedy FROM pg_class c, LATERAL (VALUES
       (c.relkind = 'p' OR c.relispartition, 'is partitioned, or a partition', 'The runner cannot migrate partitions yet.'),
       (c.relkind IN ('v', 'm', 'f'), 'is a view or a foreign table', 'Name the table that holds the records.'),
       (EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)) AND c.relkind = 'r' AND NOT c.relispartition,
         'takes part in inheritance', 'The runner cannot migrate inherited tables yet.'),
       (c.relpersistence <> 'p', 'is unlogged or temporary', 'Make it a logged table first: ALTER TABLE … SET LOGGED.'),
       (c.relforcerowsecurity, 'forces row-level security on its owner too', 'ALTER TABLE … NO FORCE ROW LEVEL SECURITY for the run: the copy must see every row.'),
       (c.reltablespace <> 0, 'is in a tablespace of its own', 'Move it to the default tablespace for the run.'),
       (c.reloftype <> 0, 'is a typed table', 'ALTER TABLE … NOT OF.'),
       (c.relam <> (SELECT oid FROM pg_am WHERE amname = 'heap'), 'does not use the heap access method', 'The runner cannot migrate it.'),
       (EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid) AND c.relkind = 'r', 'has rules', 'Drop the rules for the run.'),
       (EXISTS (SELECT FROM pg_publication_tables p, pg_namespace n WHERE n.oid = c.relnamespace AND p.schemaname = n.nspname AND p.tablename = c.relname),
         'is published to subscribers, who would not see the swap', 'Take it out of the publication for the run (by name, if all tables or its schema are published).'),
       (EXISTS (SELECT FROM pg_subscription_rel s WHERE s.srrelid = c.oid), 'is filled by a subscription, whose writes no statement trigger sees', 'Migrate it where the records come from.'),
       (EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND starts_with(a.attname, 'sluice_')), 'has a column whose name begins with sluice_', 'Rename the column.')
     ) AS checks (found, problem, remedy) WHERE c.oid = $1 AND found`,
    [table.oid],
  );
  return rows.map(({ problem, remedy }) => ({ problem: `${qualified(table)} ${problem}`, remedy }));
}

function checkKey(table: Table, target: Target): Obstacle[] {
  const name = qualified(table);
  const names = keyNames(target);
  const columns = names.map((each) => table.columns.find((column) => column.name === each));
  const missing = names.filter((_, index) => columns[index] === undefined);
  if (missing.length > 0) {
    return missing.map((column) => ({
      problem: `${name} has no column ${quoted(column)}`,
      remedy: `Correct \`key\` of the target \`${target.name}\` in .github/sluice.yml.`,
    }));
  }
  const { primaryKey } = table;
  if (primaryKey.length !== new Set(names).size || !names.every((column) => primaryKey.includes(column))) {
    return [
      {
        problem: `${names.map(quoted).join(', ')} is not the primary key of ${name}`,
        remedy:
          primaryKey.length === 0
            ? 'The table needs a primary key.'
            : `Write \`key: ${primaryKey.join(', ')}\` in .github/sluice.yml.`,
      },
    ];
  }
  return columns.flatMap((column) =>
    column === undefined || keyTypes.test(column.type)
      ? []
      : [
          {
            problem: `The key ${quoted(column.name)} of ${name} is of type ${column.type}`,
            remedy: 'Keys can be smallint, integer, bigint, uuid, text or character varying.',
          },
        ],
  );
}

/** A record that is set aside would leave those that point at it without what they point at. */
async function checkReferrers(client: Client, table: Table): Promise<Obstacle[]> {
  const references = (await readReferences(client, table.oid)).filter(({ own }) => !own);
  return references.map(({ on, name }) => ({
    problem: `${qualified(on)} refers to ${qualified(table)} by ${quoted(name)}, so no record can be set aside`,
    remedy: 'Write `invalid: stop` or `invalid: keep` in the migration file.',
  }));
}

function checkDocument(table: Table, column: string, target: Target, document: Column | undefined): Obstacle[] {
  const name = qualified(table);
  if (document === undefined) {
    return [
      {
        problem: `${name} has no column ${quoted(column)}`,
        remedy: `Correct \`document\` of the target \`${target.name}\` in .github/sluice.yml.`,
      },
    ];
  }
  if (!/^jsonb?$/.test(document.type) || document.generated) {
    return [
      {
        problem: `The column ${quoted(document.name)} of ${name} is ${document.generated ? 'generated' : `of type ${document.type}`}`,
        remedy: 'Documents must be in an ordinary jsonb or json column.',
      },
    ];
  }
  return [];
}

async function checkOtherRuns(client: Client, runId: string, table: Table): Promise<Obstacle[]> {
  const other = await otherRunOn(client, runId, table);
  if (other === undefined) return [];
  return [
    {
      problem: `The run ${other} still has its hands on ${qualified(table)}`,
      remedy: `Wait for it, complete it (\`sluice complete ${other}\`) or take it back (\`sluice rollback ${other}\`).`,
    },
  ];
}
