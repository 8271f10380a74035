import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../app/notifications/channel.ts';
import { mailChannel } from '../../../app/notifications/mail.ts';
import { slackChannel } from '../../../app/notifications/slack.ts';
import { startNotifier } from '../../../app/notifications/start.ts';
import { topics } from '../../../app/notifications/topic.ts';
import { inTransaction } from '../../../registry/database.ts';
import { appendEvent } from '../../../registry/events.ts';
import { createTestRegistry } from '../../support/registry.ts';

let pool: Pool;
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  ({ pool } = await createTestRegistry());
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A receiver of Slack's webhooks that answers what it is told to. */
async function slackServer(answers: (() => number | 'hang up')[] = []): Promise<{ url: string; texts: string[] }> {
  const texts: string[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const answer = answers.shift()?.() ?? 200;
      if (answer === 'hang up') {
        request.socket.destroy();
        return;
      }
      if (answer === 302) response.setHeader('location', '/elsewhere');
      if (answer === 200) texts.push((JSON.parse(body) as { text: string }).text);
      response.writeHead(answer).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/hunter2`;
  return { url, texts };
}

async function mailServer(): Promise<{ url: string; mails: string[]; refuse: (next: number) => void }> {
  const mails: string[] = [];
  let refusals = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        if (refusals-- > 0) {
          done(new Error('later'));
          return;
        }
        mails.push(text);
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, mails, refuse: (next) => void (refusals = next) };
}

function notify(
  channel: Channel,
  of: readonly (typeof topics)[number][] = topics,
): { said: string[]; stop(): Promise<void> } {
  const said: string[] = [];
  const notifier = startNotifier(pool, [channel], {
    topics: of,
    web: 'https://github.example',
    interval: 5,
    firstPause: 5,
    report: (words, error) => said.push(`${words} ${error?.message ?? ''}`),
  });
  closing.push(() => notifier.close());
  return { said, stop: () => notifier.close() };
}

const event = (kind: string, data: object = {}, actor = 'sluice') =>
  appendEvent(pool, { kind, repository: 'acme/claims', actor, subject: 'pull request 7', data: { ...data } });

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let patience = 1000; !(await condition()); patience -= 1) {
    if (patience === 0) throw new Error('what was waited for did not happen');
    await sleep(10);
  }
}

const isReady = async (): Promise<boolean> => (await pool.query('SELECT FROM sluice.notified')).rowCount === 1;
const settled = async (): Promise<boolean> =>
  (
    await pool.query(
      `SELECT FROM sluice.notified, sluice.events_head WHERE notified.sequence < events_head.sequence
       UNION ALL SELECT FROM sluice.notifications WHERE state = 'waiting'`,
    )
  ).rowCount === 0;

describe('notifications to Slack', () => {
  it('say what happened, where and who did it', async () => {
    const { url, texts } = await slackServer();
    notify(slackChannel(url));
    await until(isReady);
    await event('approval.requested');
    await event('approval.given', {}, 'platform-engineer');
    await event('approval.invalidated', { reason: 'what was approved has changed' });
    await event('merge.held', {}, 'owner');
    await until(() => texts.length === 4);
    expect(texts[0]).toBe(
      '*Approval requested: pull request 7 in acme/claims*\nA breaking change waits for somebody who may approve it. The check "Sluice / approval" says who.\nhttps://github.example/acme/claims/pull/7',
    );
    expect(texts[1]).toContain('By: platform-engineer');
    expect(texts[2]).toContain('Why: what was approved has changed');
    expect(texts[3]).toContain('*Merged but held: pull request 7 in acme/claims*');
  });

  it('begin with what happens after they were set up, and leave out what nobody asked for', async () => {
    await event('approval.requested');
    const { url, texts } = await slackServer();
    notify(slackChannel(url), ['approval-decided']);
    await until(isReady);
    await event('approval.invalidated');
    await event('version.published');
    await event('approval.rejected', { reason: 'asks for changes' }, 'platform-engineer');
    await until(settled);
    expect(texts.map((text) => text.split('\n')[0])).toEqual(['*Changes requested: pull request 7 in acme/claims*']);
  });

  it('never mention anybody, link anywhere or hide anything for a stranger', async () => {
    const { url, texts } = await slackServer();
    notify(slackChannel(url));
    await until(isReady);
    await event('approval.rejected', { reason: '<!channel> <https://evil.example|fine> \u202e & more' }, '<@U123>');
    await until(() => texts.length === 1);
    expect(texts[0]).toContain('&lt;!channel&gt; &lt;https://evil.example|fine&gt; ⟨U+202E⟩ &amp; more');
    expect(texts[0]).not.toMatch(/<[!@h]/);
  });

  it.each([
    ['answers 500', () => 500],
    ['answers 429', () => 429],
    ['hangs up', () => 'hang up' as const],
    ['leads elsewhere', () => 302],
  ])('are tried again when the other side %s, and then come once, in their order', async (_, answer) => {
    const { url, texts } = await slackServer([answer, answer, answer]);
    notify(slackChannel(url));
    await until(isReady);
    await event('approval.requested');
    await until(settled);
    await event('approval.given');
    await until(settled);
    expect(texts.map((text) => text.split(':')[0])).toEqual(['*Approval requested', '*Approved']);
  });

  it('keep their address out of what is noted and reported', async () => {
    const { url } = await slackServer(Array.from({ length: 3 }, () => () => 'hang up' as const));
    const { said } = notify(slackChannel(url));
    await until(isReady);
    await event('approval.requested');
    await until(async () => (await pool.query('SELECT FROM sluice.notifications WHERE attempts > 0')).rowCount === 1);
    const { rows } = await pool.query('SELECT note FROM sluice.notifications');
    expect(JSON.stringify([rows, said])).not.toContain('hunter2');
  });

  it('are not lost when nobody runs, and sent once when several do', async () => {
    const { url, texts } = await slackServer();
    const first = notify(slackChannel(url));
    await until(isReady);
    await first.stop();
    for (let count = 0; count < 5; count += 1) await event('approval.requested');
    for (let count = 0; count < 3; count += 1) notify(slackChannel(url));
    await until(settled);
    await sleep(50);
    expect(texts).toHaveLength(5);
  });

  it('are of what is committed only', async () => {
    const { url, texts } = await slackServer();
    notify(slackChannel(url));
    await until(isReady);
    await inTransaction(pool, async (client) => {
      await appendEvent(client, {
        kind: 'approval.requested',
        repository: 'a/b',
        actor: 'sluice',
        subject: 'pull request 1',
        data: {},
      });
      throw new Error('changed my mind');
    }).catch(() => undefined);
    await event('approval.given');
    await until(settled);
    expect(texts.map((text) => text.split(':')[0])).toEqual(['*Approved']);
  });
});

describe('notifications by mail', () => {
  const settings = {
    from: 'Sluice <sluice@example.com>',
    to: ['platform@example.com', 'data@example.com'],
    encrypted: false,
  };

  it('reach everybody on the list, as plain text', async () => {
    const { url, mails } = await mailServer();
    notify(mailChannel({ ...settings, url }));
    await until(isReady);
    await event('approval.rejected', { reason: 'too early & too much' }, 'platform-engineer');
    await until(() => mails.length === 1);
    expect(mails[0]).toContain('Subject: Changes requested: pull request 7 in acme/claims');
    expect(mails[0]).toContain('To: platform@example.com, data@example.com');
    expect(mails[0]).toContain('Auto-Submitted: auto-generated');
    expect(mails[0]).toContain('Why: too early & too much');
    expect(mails[0]).toMatch(/Message-I[dD]: <sluice-[0-9a-f]{32}@example\.com>/);
  });

  it('are tried again under the same id when the server refuses', async () => {
    const { url, mails, refuse } = await mailServer();
    refuse(2);
    notify(mailChannel({ ...settings, url }));
    await until(isReady);
    await event('approval.requested');
    await until(settled);
    const { rows } = await pool.query('SELECT state, attempts FROM sluice.notifications');
    expect([rows, mails.length]).toEqual([[{ state: 'sent', attempts: 3 }], 1]);
  });

  it('cannot be made to say more than one subject', async () => {
    const { url, mails } = await mailServer();
    notify(mailChannel({ ...settings, url }));
    await until(isReady);
    await appendEvent(pool, {
      kind: 'approval.requested',
      repository: 'acme/claims\r\nBcc: evil@example.org',
      actor: 'sluice',
      subject: 'pull request 7',
      data: {},
    });
    await until(() => mails.length === 1);
    expect(mails[0]).not.toMatch(/^Bcc:/m);
  });

  it('are never sent without encryption by the settings of a server', async () => {
    const { url, mails } = await mailServer();
    notify(mailChannel({ ...settings, url, encrypted: true }));
    await until(isReady);
    await event('approval.requested');
    await until(async () => (await pool.query('SELECT FROM sluice.notifications WHERE attempts > 0')).rowCount === 1);
    expect(mails).toEqual([]);
  });
});
