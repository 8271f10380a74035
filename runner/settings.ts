import { InputError } from '../core/input-error.ts';
import { type BackupPlace, readBackupPlace } from './backups/place.ts';
import { rangeUpTo } from './duty.ts';
import type { Patience } from './work.ts';

/** Where a runner finds what it needs; from the environment only, since addresses hold passwords. */
export interface RunnerSettings {
  readonly registryUrl: string;
  readonly queueUrl: string | undefined;
  /** Where exports of records before a run go. */
  readonly backups: BackupPlace | undefined;
  readonly patience: Partial<Patience>;
  /** Ranges of other runners' tables that it copies at the same time; absent: as many as by default. */
  readonly lanes: number | undefined;
  readonly databases: (name: string) => string | undefined;
  /** Names of the variables that hold addresses of databases, for checking them at the start. */
  readonly databaseVariables: readonly string[];
}

export const runnerVariables = [
  { name: 'SLUICE_REGISTRY_URL', meaning: 'PostgreSQL address of the registry (required)' },
  { name: 'SLUICE_DATABASE_URL', meaning: 'address of the database `default`' },
  { name: 'SLUICE_DATABASE_<NAME>', meaning: 'address of the database `<name>` of a target' },
  { name: 'SLUICE_BACKUPS', meaning: 'folder, or https://host/bucket, for exports by `backup: jsonl` or `csv`' },
  {
    name: 'SLUICE_COPY_SHARE',
    meaning: 'share of the time that a copy takes at most beside an application, up to 1; 0.1 without it',
  },
  {
    name: 'SLUICE_LANES',
    meaning: "how many ranges of other runners' tables it copies at the same time: 1, or 0 for none",
  },
  { name: 'AWS_ACCESS_KEY_ID', meaning: 'for a bucket; with AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_SESSION_TOKEN' },
  { name: 'QUEUE_URL', meaning: 'redis://… for a queue on Redis; otherwise the queue is in the registry' },
] as const;

/** The variable that holds a database's address: `billing-eu` is in SLUICE_DATABASE_BILLING_EU. */
export function databaseVariable(name: string): string {
  return name === 'default'
    ? 'SLUICE_DATABASE_URL'
    : `SLUICE_DATABASE_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Address of a database by its logical name. */
export function readDatabase(env: Environment, name: string): string | undefined {
  return env[databaseVariable(name)] || undefined;
}

/** Throws `InputError` with all that is missing or malformed, at once. */
export function readRunnerSettings(env: Environment): RunnerSettings {
  const databaseVariables = Object.keys(env).filter((name) => name.startsWith('SLUICE_DATABASE_') && env[name]);
  const registryUrl = env['SLUICE_REGISTRY_URL'] ?? '';
  const queueUrl = env['QUEUE_URL'] || undefined;
  const share = env['SLUICE_COPY_SHARE'] || undefined;
  const lanes = env['SLUICE_LANES'] || undefined;
  const problems = [
    ...addressProblems('SLUICE_REGISTRY_URL', registryUrl, /^postgres(ql)?:$/),
    ...(queueUrl === undefined ? [] : addressProblems('QUEUE_URL', queueUrl, /^(postgres(ql)?|rediss?):$/)),
    ...databaseVariables.flatMap((name) => addressProblems(name, env[name] ?? '', /^postgres(ql)?:$/)),
    ...(share === undefined || (Number(share) > 0 && Number(share) <= 1)
      ? []
      : ['SLUICE_COPY_SHARE is not a number above 0, up to 1, such as 0.25']),
    ...(lanes === undefined || /^[0-9]$/.test(lanes) ? [] : ['SLUICE_LANES is not a number from 0 to 9']),
    ...(databaseVariables.length === 0 ? ['no database is given: SLUICE_DATABASE_URL or SLUICE_DATABASE_<NAME>'] : []),
  ];
  if (problems.length > 0) {
    throw new InputError(`The runner cannot start: ${problems.join('; ')}`, {
      remedy: 'Set these environment variables; `sluice runner --help` explains them.',
    });
  }
  return {
    registryUrl,
    queueUrl,
    backups: readBackupPlace(env),
    patience: share === undefined ? {} : { duty: rangeUpTo(Number(share)) },
    lanes: lanes === undefined ? undefined : Number(lanes),
    databases: (name) => readDatabase(env, name),
    databaseVariables,
  };
}

function addressProblems(name: string, value: string, protocol: RegExp): string[] {
  if (value === '') return [`${name} is missing`];
  try {
    if (protocol.test(new URL(value).protocol)) return [];
  } catch {
    // Falls through: no address at all.
  }
  return [`${name} is not an address such as postgres://user:password@host:5432/database`];
}
