import { createPrivateKey } from 'node:crypto';
import { InputError } from '../core/input-error.ts';

/** What the App needs to be told. Secrets among it: never log it whole. */
export interface AppSettings {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Address of the registry's database. */
  readonly registryUrl: string;
  /** Address of the queue: `postgres://` or `redis://`; the registry's database unless told otherwise. */
  readonly queueUrl: string;
  /** Address of GitHub's API; absent: github.com. */
  readonly githubUrl?: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The variables, what they mean, and an example; `sluice app --help` prints them. */
export const appVariables: readonly { readonly name: string; readonly meaning: string; readonly required: boolean }[] =
  [
    { name: 'APP_ID', meaning: 'number of the GitHub App', required: true },
    {
      name: 'PRIVATE_KEY',
      meaning: "the App's private key (PEM; line ends may be written as \\n, or all of it as base64)",
      required: true,
    },
    {
      name: 'WEBHOOK_SECRET',
      meaning: "the secret of the App's webhooks; anyone who knows it can speak as GitHub",
      required: true,
    },
    {
      name: 'SLUICE_REGISTRY_URL',
      meaning: 'postgres:// address of the database where Sluice remembers',
      required: true,
    },
    {
      name: 'QUEUE_URL',
      meaning: 'postgres:// or redis:// address of the queue (default: the registry)',
      required: false,
    },
    {
      name: 'GITHUB_API_URL',
      meaning: 'address of the API of a GitHub Enterprise Server (default: https://api.github.com)',
      required: false,
    },
    { name: 'HOST', meaning: 'address to listen on (default: localhost)', required: false },
    { name: 'PORT', meaning: 'port to listen on (default: 3000)', required: false },
    { name: 'LOG_LEVEL', meaning: `${logLevels.join(', ')} (default: info)`, required: false },
  ];

/** Reads the environment. Throws `InputError` that names everything that is missing or wrong, at once, without repeating any value. */
export function readAppSettings(environment: Readonly<Record<string, string | undefined>>): AppSettings {
  const wrong: string[] = [];
  const get = (name: string): string => environment[name]?.trim() ?? '';
  for (const { name, required } of appVariables) if (required && get(name) === '') wrong.push(`${name} is not set`);
  if (get('APP_ID') !== '' && !/^[1-9]\d*$/.test(get('APP_ID'))) wrong.push('APP_ID is no number');
  const privateKey = readKey(get('PRIVATE_KEY'));
  if (get('PRIVATE_KEY') !== '' && privateKey === undefined) wrong.push('PRIVATE_KEY is no private key in PEM');
  if (get('WEBHOOK_SECRET') === 'development') wrong.push('WEBHOOK_SECRET is "development", which everybody knows');
  const port = Number(get('PORT') || '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) wrong.push('PORT is no port');
  const logLevel = logLevels.find((level) => level === (get('LOG_LEVEL') || 'info'));
  if (logLevel === undefined) wrong.push(`LOG_LEVEL is none of ${logLevels.join(', ')}`);
  if (wrong.length > 0 || privateKey === undefined || logLevel === undefined) {
    throw new InputError(`The App cannot start: ${wrong.join('; ')}`, {
      remedy: 'Set these variables; `sluice app --help` says what they mean',
    });
  }
  return {
    appId: Number(get('APP_ID')),
    privateKey,
    webhookSecret: get('WEBHOOK_SECRET'),
    registryUrl: get('SLUICE_REGISTRY_URL'),
    queueUrl: get('QUEUE_URL') || get('SLUICE_REGISTRY_URL'),
    ...(get('GITHUB_API_URL') === '' ? {} : { githubUrl: get('GITHUB_API_URL') }),
    host: get('HOST') || 'localhost',
    port,
    logLevel,
  };
}

/** As people get it into a variable: with real line ends, with \n, or as base64. */
function readKey(value: string): string | undefined {
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return [value.replaceAll('\\n', '\n').trim(), decoded.trim()].find(isPrivateKey);
}

function isPrivateKey(text: string): boolean {
  try {
    return createPrivateKey(text).type === 'private';
  } catch {
    return false;
  }
}
