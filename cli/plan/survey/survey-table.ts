import type { Client } from 'pg';
import { describeFailure } from '../../../action/database/describe-failure.ts';
import { InputError } from '../../../core/input-error.ts';
import { connectTarget } from '../../../runner/databases/postgres/connect.ts';
import { checkTarget } from '../../../runner/databases/postgres/prechecks.ts';
import {
  isRow,
  type RecordTable,
  readTable,
  recordTableOf,
  relationOf,
  type Table,
} from '../../../runner/databases/postgres/table.ts';
import type { rowVersionsBetween } from '../../../runner/rows.ts';
import { databaseVariable, readDatabase } from '../../../runner/settings.ts';
import { type Measured, measure } from './measure.ts';
import { readSize } from './read-size.ts';
import type { Survey } from './survey.ts';

/** The table to look at. `key` and `document` are found where they are plain: the primary key, the only jsonb column. */
export interface SurveyedTarget {
  readonly database: string;
  readonly table: string;
  readonly key?: string | undefined;
  readonly document?: string | undefined;
  /** The columns are the properties: there is no document. */
  readonly columns?: boolean | undefined;
}

/** What both versions say of columns, or why they say nothing of them. */
type Versions = ReturnType<typeof rowVersionsBetween>;

/** Looks at the table and measures the migration on some of its records; writes nothing. Throws `InputError`. */
export async function surveyTable(
  target: SurveyedTarget,
  environment: Readonly<Record<string, string | undefined>>,
  measured: Measured | undefined,
  versions: Versions,
): Promise<Survey> {
  const { database } = target;
  const variable = databaseVariable(database);
  const address = readDatabase(environment, database);
  if (address === undefined)
    throw new InputError(`There is no address for the database \`${database}\``, { remedy: `Set ${variable}.` });
  let client: Client | undefined;
  try {
    client = await connectTarget(address);
    return await survey(client, target, measured, versions);
  } catch (error) {
    // The driver's own message may repeat the address, and with it a password.
    const reason = error instanceof InputError ? undefined : describeFailure(error);
    if (reason === undefined) throw error;
    throw new InputError(`The database \`${database}\` could not be asked: ${reason}`, {
      remedy: `Check the address in ${variable}, and that its user may read the table.`,
    });
  } finally {
    await client?.end().catch(() => undefined);
  }
}

async function survey(
  client: Client,
  target: SurveyedTarget,
  measured: Measured | undefined,
  versions: Versions,
): Promise<Survey> {
  const table = await readRecordTable(client, target, versions);
  const { records, ...size } = await readSize(client, table.oid);
  const full = {
    name: 'plan',
    database: target.database,
    table: `${table.schema}.${table.name}`,
    key: table.primaryKey.join(','),
    ...(isRow(table) ? {} : { document: table.document.name }),
  };
  const checked = await checkTarget(client, '', full, measured?.migration.options, versions);
  const obstacles =
    'obstacles' in checked ? checked.obstacles.map(({ problem, remedy }) => `${problem}. ${remedy}`) : [];
  const sample =
    measured && !isRow(table) ? await measure(client, table, measured, records < 0 ? 0 : records) : undefined;
  if (typeof sample === 'string') obstacles.push(sample);
  return {
    table: full.table,
    records: records < 0 ? undefined : Math.round(records),
    ...size,
    columns: isRow(table),
    obstacles,
    sample: typeof sample === 'string' ? undefined : sample,
  };
}

async function readRecordTable(client: Client, target: SurveyedTarget, versions: Versions): Promise<RecordTable> {
  const named = { name: 'plan', database: '', table: target.table };
  const table = await readTable(client, relationOf({ ...named, key: '', document: '' }));
  if (table === undefined)
    throw new InputError(`There is no table \`${target.table}\` in the database \`${target.database}\``, {
      remedy: 'Name it as table, or as schema.table.',
    });
  const document = target.columns === true ? undefined : (target.document ?? onlyDocument(table, versions));
  const key = target.key ?? table.primaryKey.join(',');
  const records = recordTableOf(table, { ...named, key, ...(document === undefined ? {} : { document }) });
  if (records === undefined)
    throw new InputError(
      `\`${target.table}\` has no such primary key${document === undefined ? '' : `, or no column \`${document}\``}`,
      { remedy: 'Correct --key and --document; the table needs a primary key.' },
    );
  return records;
}

/** Where it is plain: one that is itself a property may be a column of a table whose columns are the properties. */
function onlyDocument({ name, columns }: Table, versions: Versions): string {
  const documents = columns.filter(({ type }) => type === 'jsonb').map((column) => column.name);
  const [only] = documents;
  const isProperty = only !== undefined && 'old' in versions && versions.old.has(only);
  if (only !== undefined && documents.length === 1 && !isProperty) return only;
  const say = `Say it by --document${documents.length === 0 ? '' : `: ${documents.join(', ')}`}`;
  throw new InputError(`Which column of \`${name}\` holds the documents is not plain`, {
    remedy: `${say}; or by --columns, where the columns are the properties.`,
  });
}
