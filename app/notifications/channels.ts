import type { Channel } from './channel.ts';
import { mailChannel } from './mail.ts';
import type { NotificationSettings } from './settings.ts';
import { slackChannel } from './slack.ts';

export function channelsOf({ slackUrl, mail }: NotificationSettings): Channel[] {
  return [
    ...(slackUrl === undefined ? [] : [slackChannel(slackUrl)]),
    ...(mail === undefined ? [] : [mailChannel(mail)]),
  ];
}

/** Where GitHub's pages are, from the address of its API. */
export function webAddress(apiUrl: string | undefined): string {
  return apiUrl === undefined ? 'https://github.com' : apiUrl.replace(/\/(api\/v3)?\/?$/, '');
}
