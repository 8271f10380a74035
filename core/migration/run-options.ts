import { type Json, type JsonObject, own } from '../schema/json.ts';

/** What a migration file says about its run besides the transform. Part of what is approved. */
export interface RunOptions {
  readonly invalid: InvalidRecords;
  readonly backup: Backup;
  /** Whether the first run only rehearses: everything but the swap. */
  readonly dryRun: boolean;
}

/**
 * What becomes of a record that cannot be converted, or would not be valid under the new version. `stop`: the run fails.
 * `quarantine`: it is set aside, up to so many. `keep`: it stays as it is, in the new table too.
 */
export type InvalidRecords =
  | { readonly action: 'stop' }
  | { readonly action: 'quarantine'; readonly most: number; readonly unit: 'records' | 'percent' }
  | { readonly action: 'keep' };

/** `old-table`: the table as it was, kept for the retention time. The exports are written before anything is made. */
export const backups = ['old-table', 'jsonl', 'csv', 'none'] as const;
export type Backup = (typeof backups)[number];

export const defaultOptions: RunOptions = { invalid: { action: 'stop' }, backup: 'old-table', dryRun: false };

/** The members of a migration file that hold them. */
export const optionsSchema: JsonObject = {
  invalid: {
    type: 'string',
    pattern: '^(stop|keep|quarantine ([1-9][0-9]{0,8}|(100|[0-9]{1,2}(\\.[0-9]{1,3})?) ?%))$',
    remedy: 'Write stop, keep, or how many may be set aside: quarantine 100, quarantine 0.5 %',
  },
  backup: { enum: [...backups] },
  dryRun: { type: 'boolean' },
};

/** Undefined when the file says nothing of them. The file must be valid under its schema. */
export function readOptions(file: JsonObject): RunOptions | undefined {
  if (!Object.keys(optionsSchema).some((name) => Object.hasOwn(file, name))) return undefined;
  const backup = own(file, 'backup');
  return {
    invalid: readInvalid(own(file, 'invalid')),
    backup: backups.find((known) => known === backup) ?? defaultOptions.backup,
    dryRun: own(file, 'dryRun') === true,
  };
}

function readInvalid(text: Json | undefined): InvalidRecords {
  if (typeof text !== 'string' || text === 'stop') return defaultOptions.invalid;
  if (text === 'keep') return { action: 'keep' };
  const most = Number.parseFloat(text.replace('quarantine ', ''));
  return { action: 'quarantine', most, unit: text.endsWith('%') ? 'percent' : 'records' };
}

/** Each option in words, where it is not the default, for whoever is asked to approve. */
export function describeOptions({ invalid, backup, dryRun }: RunOptions): string[] {
  return [
    ...(invalid.action === 'quarantine'
      ? [
          `records that are not valid are set aside, up to ${invalid.most}${invalid.unit === 'percent' ? ' % of all' : ''}`,
        ]
      : []),
    ...(invalid.action === 'keep' ? ['records that are not valid stay as they are'] : []),
    ...(backup === 'none' ? ['no backup: the old table is dropped at the cutover, there is no way back'] : []),
    ...(backup === 'jsonl' || backup === 'csv' ? [`all records are exported as ${backup.toUpperCase()} first`] : []),
    ...(dryRun ? ['the first run is a rehearsal: everything but the swap'] : []),
  ];
}
