import type { Client } from 'pg';
import { describeFailure } from '../../../action/database/describe-failure.ts';
import { InputError } from '../../../core/input-error.ts';
import { connectTarget } from '../../../runner/databases/postgres/connect.ts';
import { checkTarget } from '../../../runner/databases/postgres/prechecks.ts';
import { type RecordTable, readTable, recordTableOf, relationOf } from '../../../runner/databases/postgres/table.ts';
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
}

/** Looks at the table and measures the migration on some of its records; writes nothing. Throws `InputError`. */
export async function surveyTable(
  target: SurveyedTarget,
  environment: Readonly<Record<string, string | undefined>>,
  measured: Measured | undefined,
): Promise<Survey> {
  const { database } = target;
  const variable = databaseVariable(database);
  const address = readDatabase(environment, database);
  if (address === undefined)
    throw new InputError(`There is no address for the database \`${database}\``, { remedy: `Set ${variable}.` });
  let client: Client | undefined;
  try {
    client = await connectTarget(address);
    return await survey(client, target, measured);
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

async function survey(client: Client, target: SurveyedTarget, measured: Measured | undefined): Promise<Survey> {
  const table = await readRecordTable(client, target);
  const { records, ...size } = await readSize(client, table.oid);
  const full = {
    name: 'plan',
    database: target.database,
    table: `${table.schema}.${table.name}`,
    key: table.primaryKey.join(','),
    document: table.document.name,
  };
  const checked = await checkTarget(client, '', full, measured?.migration.options);
  const obstacles =
    'obstacles' in checked ? checked.obstacles.map(({ problem, remedy }) => `${problem}. ${remedy}`) : [];
  const sample = measured && (await measure(client, table, measured, records < 0 ? 0 : records));
  if (typeof sample === 'string') obstacles.push(sample);
  return {
    table: full.table,
    records: records < 0 ? undefined : Math.round(records),
    ...size,
    obstacles,
    sample: typeof sample === 'string' ? undefined : sample,
  };
}

async function readRecordTable(client: Client, target: SurveyedTarget): Promise<RecordTable> {
  const relation = relationOf({ name: 'plan', database: '', table: target.table, key: '', document: '' });
  const table = await readTable(client, relation);
  if (table === undefined)
    throw new InputError(`There is no table \`${target.table}\` in the database \`${target.database}\``, {
      remedy: 'Name it as table, or as schema.table.',
    });
  const documents = table.columns.filter(({ type }) => type === 'jsonb').map(({ name }) => name);
  const document = target.document ?? (documents.length === 1 ? documents[0] : undefined);
  if (document === undefined)
    throw new InputError(`Which column of \`${target.table}\` holds the documents is not plain`, {
      remedy:
        documents.length === 0
          ? 'It needs a jsonb column. Where the columns are the properties, a run with `dryRun: true` looks at the table.'
          : `Say it by --document: ${documents.join(', ')}.`,
    });
  const key = target.key ?? table.primaryKey.join(',');
  const records = recordTableOf(table, { name: 'plan', database: '', table: target.table, key, document });
  if (records === undefined)
    throw new InputError(`\`${target.table}\` has no such primary key, or no column \`${document}\``, {
      remedy: 'Correct --key and --document; the table needs a primary key.',
    });
  return records;
}
