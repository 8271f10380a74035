import type { MailSettings } from './mail.ts';
import { type Topic, topics } from './topic.ts';

/** Whom to notify of what. Secrets among it. Only ever from the server's own environment: a repository has no say in where messages go. */
export interface NotificationSettings {
  readonly slackUrl: string | undefined;
  readonly mail: MailSettings | undefined;
  readonly topics: readonly Topic[];
}

export const notificationVariables = [
  {
    name: 'SLUICE_SLACK_WEBHOOK_URL',
    meaning: "https:// address of an incoming webhook of Slack, or of what takes Slack's (default: none)",
    required: false,
  },
  {
    name: 'SLUICE_SMTP_URL',
    meaning: 'smtps://user:password@host or smtp://… (with STARTTLS) of a mail server (default: none)',
    required: false,
  },
  { name: 'SLUICE_MAIL_FROM', meaning: 'who the mails come from; with SLUICE_SMTP_URL', required: false },
  { name: 'SLUICE_MAIL_TO', meaning: 'who gets them, with commas between; with SLUICE_SMTP_URL', required: false },
  {
    name: 'SLUICE_NOTIFY',
    meaning: `what of, with commas between: ${topics.join(', ')} (default: all)`,
    required: false,
  },
] as const;

/** Reads the variables; what is wrong is added to `wrong` without repeating any value. Undefined: nobody is notified. */
export function readNotificationSettings(
  get: (name: (typeof notificationVariables)[number]['name']) => string,
  wrong: string[],
): NotificationSettings | undefined {
  const slackUrl = get('SLUICE_SLACK_WEBHOOK_URL') || undefined;
  if (slackUrl !== undefined && protocolOf(slackUrl) !== 'https:')
    wrong.push('SLUICE_SLACK_WEBHOOK_URL is no https:// address');
  const mail = readMail(get, wrong);
  const named = listOf(get('SLUICE_NOTIFY'));
  const unknown = named.filter((name) => !topics.some((topic) => topic === name));
  if (unknown.length > 0) wrong.push(`SLUICE_NOTIFY names something else than ${topics.join(', ')}`);
  if (slackUrl === undefined && mail === undefined) return undefined;
  return { slackUrl, mail, topics: named.length === 0 ? topics : topics.filter((topic) => named.includes(topic)) };
}

function readMail(
  get: (name: 'SLUICE_SMTP_URL' | 'SLUICE_MAIL_FROM' | 'SLUICE_MAIL_TO') => string,
  wrong: string[],
): MailSettings | undefined {
  const url = get('SLUICE_SMTP_URL');
  if (url === '') return undefined;
  if (!['smtps:', 'smtp:'].includes(protocolOf(url) ?? ''))
    wrong.push('SLUICE_SMTP_URL is no smtps:// or smtp:// address');
  const [from, to] = [get('SLUICE_MAIL_FROM'), listOf(get('SLUICE_MAIL_TO'))];
  if (!isAddress(from)) wrong.push('SLUICE_MAIL_FROM is no address');
  if (to.length === 0 || !to.every(isAddress)) wrong.push('SLUICE_MAIL_TO is no list of addresses');
  return { url, from, to, encrypted: true };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isAddress(text: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+$|^[^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>$/.test(text);
}

function protocolOf(url: string): string | undefined {
  try {
    return new URL(url).protocol;
  } catch {
    return undefined;
  }
}
