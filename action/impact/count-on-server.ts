import type { Change } from '../../core/compatibility/change.ts';
import { countQuery } from '../../core/impact/in-sql/count-query.ts';
import type { SchemaBundle } from '../../core/schema/document.ts';
import type { RecordsPlace } from '../database/place.ts';
import { countInTable, type DatabaseCount } from './count-in-table.ts';
import type { ReadLimits } from './read-records.ts';
import { sourceOf } from './record-source.ts';
import { readOnly } from './session.ts';
import { readTableSize } from './table-size.ts';

/** Larger tables are not read through for a number, and would not be in time. Blocks have 8 KiB. */
const mostRows = 5_000_000;
const mostBlocks = 524_288;

/**
 * Has PostgreSQL count a table that is too large to be read whole. Undefined when it cannot say just what ajv says about both versions, the
 * table is small or far too large, or it takes too long. Throws what pg throws: see `describeScanFailure`.
 */
export async function countOnServer(
  place: RecordsPlace,
  versions: { readonly old: SchemaBundle; readonly new: SchemaBundle; readonly formatAssertion: boolean },
  changes: readonly Change[],
  limits: ReadLimits,
): Promise<DatabaseCount | undefined> {
  const query = countQuery(versions, changes);
  if (!query) return undefined;
  return readOnly(place.address, async (client) => {
    const { rows, blocks } = (await readTableSize(client, place.target)) ?? {};
    const isWithin = rows !== undefined && rows > limits.whole && rows <= mostRows && (blocks ?? 0) <= mostBlocks;
    return isWithin ? countInTable(client, await sourceOf(client, place), query, limits.time / 2) : undefined;
  });
}
