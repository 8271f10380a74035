import type { Client } from 'pg';
import { runnerSchema } from './names.ts';
import { planned } from './planned.ts';

/** Of a pg_trigger row: it is the user's, not one of the key log's. */
export const notOurs = `NOT EXISTS (SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.oid = tgfoid AND n.nspname = '${runnerSchema}')`;

/**
 * Everything the catalog says about a table, as sorted lines of text in which the table goes by its present name. Two tables
 * with the same lines cannot be told apart by an application. The triggers of the key log are left out.
 */
export async function readCatalog(client: Client, oid: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    planned(
      'catalog',
      `WITH t AS (SELECT * FROM pg_class WHERE oid = $1)
     SELECT format('table owner %s, kind %s, persistence %s, replica identity %s, row security %s %s, options %s, toast %s',
       pg_get_userbyid(relowner), relkind, relpersistence, relreplident, relrowsecurity, relforcerowsecurity,
       array_to_string(ARRAY(SELECT unnest(reloptions) ORDER BY 1), ' '),
       (SELECT array_to_string(ARRAY(SELECT unnest(o.reloptions) ORDER BY 1), ' ') FROM pg_class o WHERE o.oid = t.reltoastrelid)
     ) AS line FROM t
     UNION ALL SELECT 'grant ' || item FROM t, unnest(coalesce(relacl, acldefault('r', relowner))::text[]) AS item
     UNION ALL SELECT format('column %s %s null %s default %s identity %s generated %s storage %s compression %s statistics %s options %s',
         attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity, attgenerated,
         attstorage, attcompression, nullif(attstattarget, -1), attoptions)
       || ' collation ' || attcollation
       FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped
     UNION ALL SELECT format('column order %s', string_agg(attname, ',' ORDER BY attnum))
       FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped
     UNION ALL SELECT format('grant on %s %s', attname, item)
       FROM pg_attribute, unnest(attacl::text[]) AS item WHERE attrelid = $1 AND attnum > 0
     UNION ALL SELECT format('constraint %s %s', conname, regexp_replace(pg_get_constraintdef(oid),
         CASE WHEN contype = 'f' THEN ' NOT VALID$' ELSE '^$' END, '')) FROM pg_constraint WHERE conrelid = $1
     UNION ALL SELECT format('referenced by %s constraint %s %s: %s', conrelid::regclass, conname,
         regexp_replace(pg_get_constraintdef(oid), ' NOT VALID$', ''), obj_description(oid, 'pg_constraint'))
       FROM pg_constraint WHERE confrelid = $1 AND contype = 'f'
     UNION ALL SELECT format('policy %s permissive %s for %s roles %s using %s check %s: %s', polname, polpermissive, polcmd, polroles,
         pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid), obj_description(oid, 'pg_policy'))
       FROM pg_policy WHERE polrelid = $1
     UNION SELECT format('view %s owner %s options %s grants %s: %s', v.oid::regclass, pg_get_userbyid(v.relowner), v.reloptions,
         v.relacl, pg_get_viewdef(v.oid))
       FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
       JOIN pg_class v ON v.oid = r.ev_class
       WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1 AND v.oid <> $1
     UNION ALL SELECT format('index %s primary %s replica %s clustered %s valid %s', pg_get_indexdef(indexrelid), indisprimary,
         indisreplident, indisclustered, indisvalid) FROM pg_index WHERE indrelid = $1
     UNION ALL SELECT format('trigger %s enabled %s', pg_get_triggerdef(oid), tgenabled)
       FROM pg_trigger WHERE tgrelid = $1 AND NOT tgisinternal AND ${notOurs}
     UNION ALL SELECT format('sequence %s of %s: %s %s %s %s %s %s', s.seqrelid::regclass, a.attname, seqtypid::regtype, seqincrement,
         seqmin, seqmax, seqcache, seqcycle)
       FROM pg_depend d JOIN pg_sequence s ON s.seqrelid = d.objid JOIN pg_attribute a ON a.attrelid = $1 AND a.attnum = d.refobjsubid
       WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1 AND d.deptype IN ('a', 'i')
     UNION ALL SELECT format('comment %s: %s', coalesce(a.attname, 'table'), description)
       FROM pg_description LEFT JOIN pg_attribute a ON a.attrelid = objoid AND a.attnum = objsubid AND objsubid > 0
       WHERE classoid = 'pg_class'::regclass AND objoid = $1
     UNION ALL SELECT format('comment on constraint %s: %s', conname, description)
       FROM pg_description JOIN pg_constraint k ON k.oid = objoid WHERE classoid = 'pg_constraint'::regclass AND conrelid = $1
     UNION ALL SELECT format('comment on index %s: %s', c.relname, description)
       FROM pg_description JOIN pg_index i ON i.indexrelid = objoid JOIN pg_class c ON c.oid = objoid
       WHERE classoid = 'pg_class'::regclass AND i.indrelid = $1
     UNION ALL SELECT format('comment on trigger %s: %s', tgname, description)
       FROM pg_description JOIN pg_trigger g ON g.oid = objoid WHERE classoid = 'pg_trigger'::regclass AND tgrelid = $1
     UNION ALL SELECT format('label %s %s', provider, label) FROM pg_seclabel WHERE classoid = 'pg_class'::regclass AND objoid = $1
     ORDER BY line`,
      [oid],
    ),
  );
  return rows.map(({ line }) => line);
}
