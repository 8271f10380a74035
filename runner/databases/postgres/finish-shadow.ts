import type { Client } from 'pg';
import { type RunNames } from './names.ts';
import { qualified } from './relation.ts';
import type { ColumnPlan } from './rows/plan-columns.ts';
import { underOldNames } from './rows/shadow-columns.ts';
import { shadowOf } from './shadow.ts';
import type { RecordTable } from './table.ts';

/**
 * Gives the copied twin what the table has besides columns and primary key: unique constraints, exclusion constraints, indexes,
 * identity, column settings, comments, grants. In the caller's transaction. Locks nothing but the twin.
 */
export async function finishShadow(
  client: Client,
  table: RecordTable,
  names: RunNames,
  /** Where the columns are the properties. */
  columns?: ColumnPlan,
): Promise<void> {
  const shadow = qualified(shadowOf(table, names));
  await underOldNames(client, shadow, columns, async () => {
    for (const statement of [
      ...(await constraintStatements(client, table, shadow)),
      ...(await indexStatements(client, table, shadow)),
      ...(await identityStatements(client, table, names, shadow)),
      ...(await columnStatements(client, table, shadow)),
      ...(await commentStatements(client, table, names, shadow)),
      ...(await grantStatements(client, table, shadow)),
    ]) {
      await client.query(statement);
    }
  });
}

/** Condition: the shadow has the column of a pg_attribute row too. */
function isInShadow(attribute: string, shadow: string): string {
  return `EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = ${shadow}::regclass AND s.attname = ${attribute}.attname AND NOT s.attisdropped)`;
}

async function statements(client: Client, sql: string, values: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ statement: string }>(sql, [...values]);
  return rows.map(({ statement }) => statement);
}

async function constraintStatements(client: Client, table: RecordTable, shadow: string): Promise<string[]> {
  return statements(
    client,
    `SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', $2::text, conname, pg_get_constraintdef(oid)) AS statement
     FROM pg_constraint WHERE conrelid = $1 AND contype IN ('u', 'x') ORDER BY conname`,
    [table.oid, shadow],
  );
}

/** Indexes that no constraint owns. PostgreSQL prints them with the table's qualified name, which is replaced by the twin's. */
async function indexStatements(client: Client, table: RecordTable, shadow: string): Promise<string[]> {
  return statements(
    client,
    `SELECT CASE WHEN starts_with(definition, head) THEN made || substr(definition, length(head) + 1) END AS statement
     FROM (
       SELECT pg_get_indexdef(i.indexrelid) AS definition, c.relname,
         format('CREATE %sINDEX %I ON %s ', unique_word, c.relname, $3::text) AS head,
         format('CREATE %sINDEX %I ON %s ', unique_word, c.relname, $2::text) AS made
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid,
         LATERAL (SELECT CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END AS unique_word) AS w
       WHERE i.indrelid = $1 AND i.indisvalid AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid
         AND k.conrelid = $1 AND k.contype IN ('p', 'u', 'x'))
     ) AS d ORDER BY relname`,
    [table.oid, shadow, await printedName(client, table)],
  );
}

/** The table's name as PostgreSQL prints it, quoted only where it must be. */
async function printedName(client: Client, table: RecordTable): Promise<string> {
  const { rows } = await client.query<{ name: string }>('SELECT format($3, $1::text, $2::text) AS name', [
    table.schema,
    table.name,
    '%I.%I',
  ]);
  return rows[0]?.name ?? '';
}

async function identityStatements(
  client: Client,
  table: RecordTable,
  names: RunNames,
  shadow: string,
): Promise<string[]> {
  return statements(
    client,
    `SELECT format('ALTER TABLE %s ALTER COLUMN %I ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %I.%I START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s CYCLE)',
       $2::text, a.attname, CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, $3::text, c.relname,
       s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN '' ELSE 'NO' END) AS statement
     FROM pg_attribute a
     JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
       AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
     JOIN pg_sequence s ON s.seqrelid = d.objid JOIN pg_class c ON c.oid = s.seqrelid
     WHERE a.attrelid = $1 AND a.attidentity <> ''`,
    [table.oid, shadow, names.shadowSchema],
  );
}

async function columnStatements(client: Client, table: RecordTable, shadow: string): Promise<string[]> {
  return statements(
    client,
    `SELECT format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', $2::text, attname, attstattarget) AS statement
     FROM pg_attribute a WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped AND attstattarget >= 0 AND ${isInShadow('a', '$2')}
     UNION ALL
     SELECT format('ALTER TABLE %s ALTER COLUMN %I SET (%s)', $2::text, attname, array_to_string(attoptions, ', '))
     FROM pg_attribute a WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped AND attoptions IS NOT NULL AND ${isInShadow('a', '$2')}
     UNION ALL
     SELECT format('ALTER TABLE %s CLUSTER ON %I', $2::text, c.relname)
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = $1 AND i.indisclustered
     UNION ALL
     SELECT format('ALTER TABLE %s REPLICA IDENTITY %s', $2::text, CASE relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
       ELSE (SELECT format('USING INDEX %I', c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         WHERE i.indrelid = $1 AND i.indisreplident) END)
     FROM pg_class WHERE oid = $1 AND relreplident <> 'd'`,
    [table.oid, shadow],
  );
}

async function commentStatements(
  client: Client,
  table: RecordTable,
  names: RunNames,
  shadow: string,
): Promise<string[]> {
  return statements(
    client,
    `SELECT format('COMMENT ON TABLE %s IS %L', $2::text, description) AS statement
     FROM pg_description WHERE classoid = 'pg_class'::regclass AND objoid = $1 AND objsubid = 0
     UNION ALL
     SELECT format('COMMENT ON INDEX %I.%I IS %L', $3::text, c.relname, description)
     FROM pg_description JOIN pg_index i ON i.indexrelid = objoid JOIN pg_class c ON c.oid = objoid
     WHERE classoid = 'pg_class'::regclass AND i.indrelid = $1
     UNION ALL
     SELECT format('COMMENT ON CONSTRAINT %I ON %s IS %L', conname, $2::text, description)
     FROM pg_description JOIN pg_constraint k ON k.oid = objoid
     WHERE classoid = 'pg_constraint'::regclass AND conrelid = $1 AND contype IN ('p', 'u', 'x')`,
    [table.oid, shadow, names.shadowSchema],
  );
}

/** What default privileges gave to the twin is taken back first. */
async function grantStatements(client: Client, table: RecordTable, shadow: string): Promise<string[]> {
  const grantee = `CASE WHEN acl.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END`;
  const option = `CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`;
  return statements(
    client,
    `SELECT statement FROM (
       SELECT 1 AS rank, format('REVOKE ALL ON %s FROM %s', $2::text, ${grantee}) AS statement
       FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS acl WHERE c.oid = $2::regclass
       UNION
       SELECT 2, format('GRANT %s ON %s TO %s%s', acl.privilege_type, $2::text, ${grantee}, ${option})
       FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS acl WHERE c.oid = $1
       UNION
       SELECT 3, format('GRANT %s (%I) ON %s TO %s%s', acl.privilege_type, a.attname, $2::text, ${grantee}, ${option})
       FROM pg_attribute a, aclexplode(a.attacl) AS acl WHERE a.attrelid = $1 AND ${isInShadow('a', '$2')}
     ) AS all_statements ORDER BY rank, statement`,
    [table.oid, shadow],
  );
}
