import type { Client } from 'pg';
import type { Target } from '../../core/configuration/configuration.ts';
import type { RecordsPlace } from '../database/place.ts';
import { type ComputedText, compute } from './compute.ts';
import { closeCursor, declareSample, declareScan, fetchRows, type StoredRow } from './cursors.ts';
import { type RecordSource, sourceOf } from './record-source.ts';
import { readOnly } from './session.ts';
import { countInBlocks, readTableSize, type TableSize } from './table-size.ts';

export interface ReadLimits {
  /** Tables with no more records than this are read whole. 0: always draw a sample. */
  readonly whole: number;
  /** Records that are drawn from larger ones. */
  readonly sample: number;
  /** Milliseconds for everything. */
  readonly time: number;
}

/** What was read of a table. */
export interface ReadResult {
  readonly complete: boolean;
  readonly sampled: boolean;
  /** Records of the table, estimated; undefined when not known. */
  readonly population: number | undefined;
  readonly stopped: 'records' | 'time' | undefined;
  /** Milliseconds. */
  readonly elapsed: number;
}

/** @param computed what `toSql` made of the document, when it was given */
export type SeeRecord = (key: string, document: string, block: string | undefined, computed?: ComputedText) => void;

/** What reading does with the records. */
export interface Reader {
  /** Gets every record, once. */
  readonly see: SeeRecord;
  /** Called when what was seen does not count, since a table turned out to be larger than its statistics say. */
  readonly restart: () => void;
  /** Has the database compute what becomes of each document, see `compute`. */
  readonly toSql?: ((document: string) => string) | undefined;
}

/**
 * Reads the records of a table: all of a small one, and a random sample of the blocks of a large one. Records without a document are none.
 */
export function readRecords(place: RecordsPlace, limits: ReadLimits, reader: Reader): Promise<ReadResult> {
  const begin = performance.now();
  const end = begin + limits.time;
  return readOnly(place.address, async (client) => {
    const table = {
      target: place.target,
      size: await readTableSize(client, place.target),
      source: await sourceOf(client, place),
    };
    const read = await readAsFits(client, table, limits, end, reader);
    return { ...read, elapsed: performance.now() - read.since };
  });
}

interface ReadTable {
  readonly target: Target;
  readonly size: TableSize | undefined;
  readonly source: RecordSource;
}

async function readAsFits(
  client: Client,
  { target, size, source }: ReadTable,
  limits: ReadLimits,
  end: number,
  reader: Reader,
): Promise<Omit<ReadResult, 'elapsed'> & { since: number }> {
  let since = performance.now();
  const isLarge = size?.canSample === true && (size.rows ?? 0) > limits.whole;
  if (!isLarge) {
    await declareScan(client, source);
    const { finished } = await readOn(client, limits.whole, end, reader, ({ key, document }, computed) =>
      reader.see(key, document ?? '', undefined, computed),
    );
    if (finished === 'all') return { complete: true, sampled: false, population: undefined, stopped: undefined, since };
    await closeCursor(client);
    if (finished === 'time' || size?.canSample !== true) {
      return { complete: false, sampled: false, population: size?.rows, stopped: finished, since };
    }
    reader.restart();
    since = performance.now();
  }
  return { ...(await readSample(client, { target, size, source }, limits, end, reader)), since };
}

/** Rows of one block tell less than rows of several. */
const mostOfBlock = 8;

async function readSample(
  client: Client,
  { target, size: { rows, blocks }, source }: ReadTable & { readonly size: TableSize },
  limits: ReadLimits,
  end: number,
  reader: Reader,
): Promise<Omit<ReadResult, 'elapsed'>> {
  const perBlock = Math.max(1, (rows ?? (await guessRows(client, target, blocks))) / Math.max(1, blocks));
  // Of a table with few blocks, more of each.
  const kept = Math.min(perBlock, Math.max(mostOfBlock, limits.sample / Math.max(1, blocks)));
  const percent = Math.min(100, (limits.sample / kept / Math.max(1, blocks)) * 100);
  await declareSample(client, source, percent, kept / perBlock);
  let drawn = 0;
  let documents = 0;
  const { finished } = await readOn(client, limits.sample * 4, end, reader, ({ key, document, block }, computed) => {
    drawn++;
    if (document === null) return;
    documents++;
    reader.see(key, document, block, computed);
  });
  const all = rows ?? Math.round(drawn / ((percent / 100) * (kept / perBlock)));
  const population = drawn === 0 ? rows : Math.round((all * documents) / drawn);
  // The blocks come in their order: those up to a limit are no sample of the whole.
  const isWhole = finished === 'all' && documents > 0;
  return { complete: false, sampled: isWhole, population, stopped: finished === 'all' ? undefined : finished };
}

/** Of a table that was never analysed. */
async function guessRows(client: Client, target: Target, blocks: number): Promise<number> {
  const percent = Math.min(100, (blocksToGuess / Math.max(1, blocks)) * 100);
  return (await countInBlocks(client, target, percent)) / (percent / 100);
}

const blocksToGuess = 200;

/** Documents may be large: as many at once as are likely to fit. */
const bytesPerFetch = 8 * 1024 * 1024;
const mostPerFetch = 2_000;

async function readOn(
  client: Client,
  most: number,
  end: number,
  { toSql }: Pick<Reader, 'toSql'>,
  see: (row: StoredRow, computed: ComputedText | undefined) => void,
): Promise<{ readonly finished: 'all' | 'records' | 'time' }> {
  let left = most;
  let wanted = 20;
  while (left > 0) {
    if (performance.now() >= end) return { finished: 'time' };
    const count = Math.min(wanted, left);
    const rows = await fetchRows(client, count);
    const documents = rows.flatMap(({ document }) => document ?? []);
    const computed = toSql === undefined ? [] : await compute(client, documents, toSql, end);
    if (computed === undefined) return { finished: 'time' };
    const next = computed.values();
    for (const row of rows) see(row, row.document === null ? undefined : next.next().value);
    if (rows.length < count) return { finished: 'all' };
    left -= rows.length;
    const bytes = rows.reduce((sum, { document }) => sum + (document?.length ?? 0), 0);
    wanted = Math.max(1, Math.min(mostPerFetch, Math.floor((bytesPerFetch * rows.length) / Math.max(1, bytes))));
  }
  return { finished: (await fetchRows(client, 1)).length === 0 ? 'all' : 'records' };
}
