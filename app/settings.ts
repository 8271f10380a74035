import { createPrivateKey } from 'node:crypto';
import { InputError } from '../core/input-error.ts';
import {
  type NotificationSettings,
  notificationVariables,
  readNotificationSettings,
} from './notifications/settings.ts';

/** What the App needs to be told. Secrets among it: never log it whole. */
export interface AppSettings {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** The secret before the current one, while it is being replaced: webhooks may be signed with either. */
  readonly previousWebhookSecret?: string;
  /** Address of the registry's database. */
  readonly registryUrl: string;
  /** Address of the queue: `postgres://` or `redis://`; the registry's database unless told otherwise. */
  readonly queueUrl: string;
  /** Address of GitHub's API; absent: github.com. */
  readonly githubUrl?: string;
  /** Path of a file whose `approval:` every repository has to meet besides its own policy. */
  readonly approvalFloor?: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Absent: nobody is notified. */
  readonly notifications?: NotificationSettings;
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
      name: 'WEBHOOK_SECRET_PREVIOUS',
      meaning: 'while the secret is being replaced: the one before, still accepted; remove it afterwards',
      required: false,
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
    {
      name: 'SLUICE_APPROVAL_FLOOR',
      meaning: 'file with an `approval:` that every repository has to meet besides its own policy (default: none)',
      required: false,
    },
    { name: 'HOST', meaning: 'address to listen on (default: localhost)', required: false },
    { name: 'PORT', meaning: 'port to listen on (default: 3000)', required: false },
    { name: 'LOG_LEVEL', meaning: `${logLevels.join(', ')} (default: info)`, required: false },
    ...notificationVariables,
  ];

/** Reads the environment. Throws `InputError` that names everything that is missing or wrong, at once, without repeating any value. */
export function readAppSettings(environment: Readonly<Record<string, string | undefined>>): AppSettings {
  const wrong: string[] = [];
  const get = (name: string): string => environment[name]?.trim() ?? '';
  for (const { name, required } of appVariables) if (required && get(name) === '') wrong.push(`${name} is not set`);
  if (get('APP_ID') !== '' && !/^[1-9]\d*$/.test(get('APP_ID'))) wrong.push('APP_ID is no number');
  const privateKey = readKey(get('PRIVATE_KEY'));
  if (get('PRIVATE_KEY') !== '' && privateKey === undefined) wrong.push('PRIVATE_KEY is no private key in PEM');
  for (const name of ['WEBHOOK_SECRET', 'WEBHOOK_SECRET_PREVIOUS']) {
    const weakness = get(name) === '' ? undefined : weaknessOf(get(name));
    if (weakness !== undefined) wrong.push(`${name} ${weakness}`);
  }
  const port = Number(get('PORT') || '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) wrong.push('PORT is no port');
  const logLevel = logLevels.find((level) => level === (get('LOG_LEVEL') || 'info'));
  if (logLevel === undefined) wrong.push(`LOG_LEVEL is none of ${logLevels.join(', ')}`);
  const notifications = readNotificationSettings(get, wrong);
  if (wrong.length > 0 || privateKey === undefined || logLevel === undefined) {
    throw new InputError(`The App cannot start: ${wrong.join('; ')}`, {
      remedy: 'Set these variables; `sluice app --help` says what they mean',
    });
  }
  return {
    appId: Number(get('APP_ID')),
    privateKey,
    webhookSecret: get('WEBHOOK_SECRET'),
    ...(get('WEBHOOK_SECRET_PREVIOUS') === '' ? {} : { previousWebhookSecret: get('WEBHOOK_SECRET_PREVIOUS') }),
    registryUrl: get('SLUICE_REGISTRY_URL'),
    queueUrl: get('QUEUE_URL') || get('SLUICE_REGISTRY_URL'),
    ...(get('GITHUB_API_URL') === '' ? {} : { githubUrl: get('GITHUB_API_URL') }),
    ...(get('SLUICE_APPROVAL_FLOOR') === '' ? {} : { approvalFloor: get('SLUICE_APPROVAL_FLOOR') }),
    host: get('HOST') || 'localhost',
    port,
    logLevel,
    ...(notifications === undefined ? {} : { notifications }),
  };
}

const shortestSecret = 16;

/** Why a secret protects nothing, or undefined. Says nothing of the secret itself unless everybody knows it. */
function weaknessOf(secret: string): string | undefined {
  // Probot's own default.
  if (secret === 'development') return 'is "development", which everybody knows';
  if (secret.length < shortestSecret) return `has fewer than ${shortestSecret} characters (try: openssl rand -hex 32)`;
  if (new Set(secret).size < 5) return 'is one that can be guessed (try: openssl rand -hex 32)';
  if (/^(your|my|the|change|replace|example|webhook|insert|put)\b|^change.?me/i.test(secret.replaceAll(/[-_]/g, ' ')))
    return 'is that of an example (try: openssl rand -hex 32)';
  return undefined;
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
