import type { Client } from 'pg';
import { dropCapture } from './capture.ts';
import { dropInOrder } from './json-column.ts';
import type { RunNames } from './names.ts';
import { qualified, quoted, type Relation } from './relation.ts';
import { dropAsRow } from './rows/as-row.ts';

/**
 * Drops whatever the run made, before the swap or after a rollback: then the catalog is as it was. In the caller's transaction;
 * harmless where something is gone already. Refuses (by error) to drop a schema that holds what the run did not make.
 */
export async function dropRun(client: Client, place: Relation, names: RunNames): Promise<void> {
  await dropCapture(client, { on: place, function: names.captureFunction, trigger: names.captureTrigger });
  await dropCapture(client, { on: place, function: names.backFunction, trigger: names.backTrigger });
  await dropInOrder(client, names.inOrder);
  await dropAsRow(client, names.asRow);
  const tables = [names.log, names.backLog].map((log) => `DROP TABLE IF EXISTS ${qualified(log)}`);
  const twins = [names.shadowSchema, names.oldSchema].flatMap((schema) => [
    `DROP TABLE IF EXISTS ${qualified({ schema, name: place.name })}`,
    `DROP SCHEMA IF EXISTS ${quoted(schema)}`,
  ]);
  // At once: after a swap back, writers wait for it.
  await client.query([...tables, ...twins].join(';\n'));
}
