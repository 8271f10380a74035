import type { Estimate } from './estimate.ts';
import type { Survey } from './survey/survey.ts';

/** What was found in the database and what follows from it, a sentence each. */
export function surveyLines(survey: Survey, { seconds, batches, diskBytes }: Estimate): string[] {
  const { records, tableBytes, indexBytes, indexes, obstacles, sample } = survey;
  return [
    `${records === undefined ? 'an unknown number of records' : `about ${records.toLocaleString('en')} records`}, ${inBytes(tableBytes)}, and ${indexes} index${indexes === 1 ? '' : 'es'} of ${inBytes(indexBytes)}`,
    ...(sample === undefined ? [] : sampleLines(sample)),
    ...(seconds === undefined ? [] : [`at least ${inTime(seconds)} for converting and checking all of them`]),
    ...(batches === undefined
      ? []
      : [`at least ${batches.atLeast} batch${batches.atLeast === 1 ? '' : 'es'} of up to ${batches.records} records`]),
    ...(diskBytes === undefined
      ? []
      : [`about ${inBytes(diskBytes)} more on disk until the run is completed, and at least as much WAL meanwhile`]),
    ...obstacles.map((obstacle) => `in the way: ${obstacle}`),
  ];
}

function sampleLines({ records, refused, example }: NonNullable<Survey['sample']>): string[] {
  if (refused === 0 || example === undefined) return [`all of ${records} sampled records convert and are valid then`];
  return [
    `in the way: ${refused} of ${records} sampled records cannot be migrated; the first: ${example.pointer || 'it'} ${example.reason}`,
  ];
}

function inBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(2)).toLocaleString('en')} ${units[power] ?? ''}`;
}

function inTime(seconds: number): string {
  if (seconds < 1) return 'a second';
  if (seconds < 120) return `${Math.ceil(seconds)} seconds`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3600)} hours`;
}
