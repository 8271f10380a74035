import { describe, expect, it } from 'vitest';
import { type NotificationSettings, readNotificationSettings } from '../../../app/notifications/settings.ts';
import { topics } from '../../../app/notifications/topic.ts';

function read(variables: Record<string, string>): { settings: NotificationSettings | undefined; wrong: string[] } {
  const wrong: string[] = [];
  return { settings: readNotificationSettings((name) => variables[name] ?? '', wrong), wrong };
}

const mail = { SLUICE_SMTP_URL: 'smtps://u:hunter2@mail.internal', SLUICE_MAIL_FROM: 'sluice@example.com' };

describe('the settings of notifications', () => {
  it('are off unless somebody is to be reached', () => {
    expect(read({})).toEqual({ settings: undefined, wrong: [] });
    expect(read({ SLUICE_NOTIFY: 'held' })).toEqual({ settings: undefined, wrong: [] });
  });

  it('take both ways, and some topics or all', () => {
    const slackUrl = 'https://hooks.example/services/1';
    expect(read({ SLUICE_SLACK_WEBHOOK_URL: slackUrl })).toEqual({
      settings: { slackUrl, mail: undefined, topics },
      wrong: [],
    });
    const all = { ...mail, SLUICE_MAIL_TO: 'a@example.com, B <b@example.com>', SLUICE_NOTIFY: 'run-failed, held' };
    expect(read(all).settings).toMatchObject({
      mail: { to: ['a@example.com', 'B <b@example.com>'], encrypted: true },
      topics: ['held', 'run-failed'],
    });
  });

  it.each([
    [{ SLUICE_SLACK_WEBHOOK_URL: 'http://hooks.example/hunter2' }, 'is no https:// address'],
    [{ SLUICE_SLACK_WEBHOOK_URL: 'file:///hunter2' }, 'is no https:// address'],
    [{ SLUICE_SLACK_WEBHOOK_URL: 'hunter2' }, 'is no https:// address'],
    [{ ...mail, SLUICE_SMTP_URL: 'http://hunter2' }, 'SLUICE_SMTP_URL is no smtps:// or smtp:// address'],
    [mail, 'SLUICE_MAIL_TO is no list of addresses'],
    [{ ...mail, SLUICE_MAIL_TO: 'hunter2' }, 'SLUICE_MAIL_TO is no list of addresses'],
    [{ ...mail, SLUICE_MAIL_TO: 'a@b.c', SLUICE_MAIL_FROM: '' }, 'SLUICE_MAIL_FROM is no address'],
    [{ ...mail, SLUICE_MAIL_TO: 'a@b.c', SLUICE_NOTIFY: 'hunter2' }, 'SLUICE_NOTIFY names something else'],
  ])('refuse %j without repeating it', (variables, words) => {
    const { wrong } = read(variables);
    expect(wrong.join('; ')).toContain(words);
    expect(wrong.join('; ')).not.toContain('hunter2');
  });
});
