import type { Client } from 'pg';
import { parsePointer } from '../core/schema/pointer.ts';
import { inTransaction } from '../registry/database.ts';
import {
  type FailingKey,
  failingRecordsOf,
  type SeenRecords,
  saveFailingRecords,
} from '../registry/failing-records.ts';
import type { RunnerContext } from './context.ts';
import { csvLine } from './csv.ts';
import { countRecordsWithout, keysWithout } from './databases/postgres/records-without.ts';
import { type Column, type RecordTable, recordTableOf } from './databases/postgres/table.ts';
import { lookAtTable } from './look-at-table.ts';

/** Nobody mends more than these by hand. */
const most = 100;

/**
 * Looks for the records that keep a condition of an approval from being met, for those who have to mend them. What to look for is in the
 * registry, the job only says where. Where a runner cannot look, nothing is told.
 */
export async function listFailingRecords(context: RunnerContext, data: unknown): Promise<void> {
  const key = readKey(data);
  const { path, pointer } = key;
  const known = await failingRecordsOf(context.registry, key);
  const order = known.find((one) => one.path === path && one.pointer === pointer);
  if (order?.isOrdered !== true) return;
  const seen = await lookAtTable(context, order.target, async (client, found) => {
    const table = recordTableOf(found, order.target);
    return table && look(client, table, pointer);
  });
  if (seen !== undefined) await inTransaction(context.registry, (db) => saveFailingRecords(db, key, seen));
}

async function look(client: Client, table: RecordTable, pointer: string): Promise<SeenRecords> {
  const path = parsePointer(pointer);
  const total = await countRecordsWithout(client, table, path);
  if (total === 0 || !table.key.some(isPlain)) return { total, csv: '' };
  const lines = (await keysWithout(client, table, path, most)).map((values) => [
    ...values.map((value, at) => (isPlain(table.key[at]) ? value : '***')),
    pointer,
    'missing',
  ]);
  const names = [...table.key.map(({ name }) => name), 'pointer', 'reason'];
  return { total, csv: [names, ...lines].map(csvLine).join('') };
}

/** Whether the values of a column are nobody's name. */
function isPlain(column: Column | undefined): boolean {
  return column !== undefined && ['smallint', 'integer', 'bigint', 'uuid'].includes(column.type);
}

function readKey(data: unknown): FailingKey {
  const { repository, pullRequest, fingerprint, path, pointer } = (data ?? {}) as Record<string, unknown>;
  if (typeof repository !== 'string' || typeof pullRequest !== 'number' || typeof fingerprint !== 'string') {
    throw new TypeError('failing records without repository, pullRequest and fingerprint');
  }
  if (typeof path !== 'string' || typeof pointer !== 'string')
    throw new TypeError('failing records without path and pointer');
  return { repository, pullRequest, fingerprint, path, pointer };
}
