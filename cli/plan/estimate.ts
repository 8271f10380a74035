import type { Migration } from '../../core/migration/migration.ts';
import type { Survey } from './survey/survey.ts';

/** What a run takes at least, from what was measured; whatever is not known is left out and named. */
export interface Estimate {
  /** Seconds for converting and checking all records in one stream. Writing, indexes and waiting for others come on top. */
  readonly seconds?: number;
  readonly batches?: { readonly atLeast: number; readonly records: number };
  /** Bytes that the new table and its indexes need beside the old ones, until the run is completed. */
  readonly diskBytes?: number;
  readonly unknown: readonly string[];
}

/** As the runner's: more are not copied at once, in records and in bytes. */
const largestBatch = 10_000;
const largestBatchBytes = 8_000_000;

export function estimate(
  { records, tableBytes, indexBytes, columns, sample }: Survey,
  batch: Migration['batch'],
): Estimate {
  const unknown: string[] = [];
  if (records === undefined) unknown.push('How many records there are: the table was never analysed (run ANALYZE).');
  if (sample === undefined) {
    if (columns)
      unknown.push(
        'How long it takes and how much disk: rows are not converted here. A run with `dryRun: true` measures it.',
      );
    else if (records !== 0) unknown.push('How long it takes: nothing could be measured.');
    return { ...(records === 0 ? { diskBytes: 0 } : {}), unknown };
  }
  const width = sample.bytesAfter / sample.records;
  const size = Math.max(
    1,
    Math.floor(Math.min(batch ?? largestBatch, largestBatch, largestBatchBytes / Math.max(1, width))),
  );
  const growth = sample.bytesAfter / Math.max(1, sample.bytesBefore);
  unknown.push(
    `How long writing takes, and how often the run waits for the application: only converting and checking was measured, on ${sample.records} records. A run with \`dryRun: true\` measures the rest.`,
  );
  return {
    ...(records === undefined
      ? {}
      : {
          seconds: (records / sample.records) * sample.seconds,
          batches: { atLeast: Math.ceil(records / size), records: size },
        }),
    diskBytes: Math.round(tableBytes * growth + indexBytes),
    unknown,
  };
}
