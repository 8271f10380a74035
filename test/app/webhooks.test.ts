import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDelivery } from '../../registry/deliveries.ts';
import { listEvents } from '../../registry/events.ts';
import type { Delivery } from '../../sandbox/github/webhooks.ts';
import { breakingChange, type Scene, startScene, startSceneApp } from './fixture.ts';

let scene: Scene;
let opened: Delivery;
beforeAll(async () => {
  scene = await startScene();
  await scene.propose(breakingChange);
  const [first] = scene.github.webhooks.deliveries;
  if (!first) throw new Error('no webhook was sent');
  opened = first;
});
afterAll(() => scene.close());

interface Sent {
  readonly status: number;
  readonly recorded: boolean;
}

async function send(id: string, body: string, signature: string | undefined, event = 'pull_request'): Promise<Sent> {
  const headers: Record<string, string> = { ...opened.headers, 'x-github-delivery': id, 'x-github-event': event };
  if (signature === undefined) delete headers['x-hub-signature-256'];
  else headers['x-hub-signature-256'] = signature;
  const { status } = await fetch(scene.app.webhookUrl, { method: 'POST', headers, body });
  return { status, recorded: (await readDelivery(scene.database.pool, id)) !== undefined };
}

const sign = (body: string, secret = scene.identity.webhookSecret): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe('a webhook', () => {
  it('that GitHub signed is recorded, without what was in it', async () => {
    const delivery = await readDelivery(scene.database.pool, opened.id);
    expect(delivery).toMatchObject({
      event: 'pull_request',
      action: 'opened',
      repository: 'acme/claims',
      pullRequest: 1,
      state: 'processed',
      body: null,
    });
  });

  it.each([
    ['with no signature', undefined],
    ['with the signature of another body', 'other-body'],
    ['signed with another secret', 'other-secret'],
    ['signed with the secret that Probot falls back to', 'development'],
    ['with nonsense for a signature', 'sha256=0'],
  ])('%s is refused and leaves no trace', async (name, kind) => {
    const signature =
      kind === 'other-body'
        ? sign('{}')
        : kind === 'other-secret'
          ? sign(opened.body, 'guess')
          : kind === 'development'
            ? sign(opened.body, 'development')
            : kind;
    const { status, recorded } = await send(`forged ${name}`, opened.body, signature);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(recorded).toBe(false);
  });

  it('that was changed on the way is refused', async () => {
    const { status, recorded } = await send(
      'changed',
      opened.body.replace('"number":1', '"number":2'),
      sign(opened.body),
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(recorded).toBe(false);
  });

  it('that came before has no effect, and is not an error', async () => {
    await scene.idle();
    const count = async (): Promise<string> =>
      (await scene.database.pool.query<{ count: string }>('SELECT count(*) FROM sluice.outbox')).rows[0]?.count ?? '';
    const before = await count();
    expect(await scene.github.webhooks.send(opened)).toBe(200);
    expect(await count()).toBe(before);
  });

  it('of an event that means nothing here is answered and not recorded', async () => {
    const body = JSON.stringify({ ...JSON.parse(opened.body), action: 'labeled' });
    expect(await send('labeled', body, sign(body))).toEqual({ status: 200, recorded: false });
  });

  it('about a check of another App has no effect', async () => {
    const run = { name: 'Sluice / approval', external_id: 'pull-request:1', app: { id: scene.identity.appId + 1 } };
    const body = JSON.stringify({ ...JSON.parse(opened.body), action: 'rerequested', check_run: run });
    expect(await send('foreign check', body, sign(body), 'check_run')).toEqual({ status: 200, recorded: false });
  });

  it('without an installation has no effect', async () => {
    const { installation: _, ...rest } = JSON.parse(opened.body) as Record<string, unknown>;
    const body = JSON.stringify(rest);
    expect((await send('no installation', body, sign(body))).recorded).toBe(false);
  });
});

describe('a webhook that nobody could have sent', () => {
  const post = (headers: Record<string, string>, body: string | Buffer, method = 'POST'): Promise<number> =>
    fetch(scene.app.webhookUrl, { method, headers, ...(method === 'POST' ? { body } : {}) }).then(
      ({ status }) => status,
    );

  it.each(['x-github-delivery', 'x-github-event', 'x-hub-signature-256'])('is refused without %s', async (name) => {
    const { [name]: _, ...headers } = opened.headers;
    expect(await post(headers, opened.body)).toBe(400);
  });

  it('is refused when it is no json, signed or not', async () => {
    const form = { ...opened.headers, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await post(form, opened.body)).toBe(415);
    for (const body of ['not json', '[]', 'null'])
      expect(await post({ ...opened.headers, 'x-hub-signature-256': sign(body) }, body)).toBe(400);
    expect(await post({}, '', 'GET')).toBe(405);
  });

  it('is refused when it is larger than any of GitHub, whatever it says of its size', async () => {
    const large = Buffer.alloc(25 * 1024 * 1024 + 1, ' ');
    expect(await post({ ...opened.headers, 'x-hub-signature-256': sign('') }, large)).toBe(413);
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const endless = { method: 'POST', headers: opened.headers, body: stream, duplex: 'half' } as RequestInit;
    const answer = await fetch(scene.app.webhookUrl, endless).then(
      ({ status }) => status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(answer);
    expect(await scene.github.webhooks.send(opened)).toBe(200);
  });
});

describe('the secret of the webhooks', () => {
  it('can be replaced without a gap: both are good until the old one is taken away', async () => {
    const settings = { ...scene.settings, webhookSecret: 'the secret that is new' };
    const replaced = await startSceneApp({ ...settings, previousWebhookSecret: scene.settings.webhookSecret }, []);
    const sendTo = async (url: string, secret: string): Promise<number> => {
      const headers = { ...opened.headers, 'x-hub-signature-256': sign(opened.body, secret) };
      return (await fetch(url, { method: 'POST', headers, body: opened.body })).status;
    };
    expect(await sendTo(replaced.webhookUrl, settings.webhookSecret)).toBe(200);
    expect(await sendTo(replaced.webhookUrl, scene.settings.webhookSecret)).toBe(200);
    expect(await sendTo(replaced.webhookUrl, 'development')).toBe(401);
    await replaced.close();
    const finished = await startSceneApp(settings, []);
    expect(await sendTo(finished.webhookUrl, settings.webhookSecret)).toBe(200);
    expect(await sendTo(finished.webhookUrl, scene.settings.webhookSecret)).toBe(401);
    await finished.close();
  });
});

describe('the answer to a webhook', () => {
  it('waits for its record and not for the work it asks for', async () => {
    await scene.idle();
    const client = await scene.database.pool.connect();
    try {
      const number = 1 + Number((await scene.repository.call('owner', 'GET', '/pulls?state=all'))['length']);
      await client.query('SELECT pg_advisory_lock(hashtextextended($1, 5))', [`acme/claims#${number}`]);
      const pull = await scene.openUnseen({ 'README.md': 'words\n' });
      await scene.github.webhooks.settled();
      const delivery = scene.github.webhooks.deliveries.findLast(({ event }) => event === 'pull_request');
      expect(delivery?.status).toBe(200);
      expect(await readDelivery(scene.database.pool, delivery?.id ?? '')).toMatchObject({ pullRequest: number });
      expect(await scene.check(pull)).toBe('no check');
    } finally {
      await client.query('SELECT pg_advisory_unlock_all()');
      client.release();
    }
    await scene.idle();
  });
});

describe('the audit trail', () => {
  it('names the webhook that led to an event', async () => {
    const pull = await scene.propose(
      { 'schemas/payment.json': '{ "version": "1.0.0", "type": "object" }\n' },
      'payment',
    );
    await scene.merge(pull);
    const closed = scene.github.webhooks.deliveries.findLast(({ action }) => action === 'closed');
    const events = await listEvents(scene.database.pool, { repository: 'acme/claims' });
    expect(events.at(-1)).toMatchObject({ kind: 'merge.settled', data: { delivery: closed?.id } });
  });
});

describe('a webhook that cannot be recorded', () => {
  it('is answered as failed, so that GitHub shows it and it can be sent again; nothing of the cause is said', async () => {
    await scene.database.pool.query('ALTER TABLE sluice.deliveries RENAME TO away');
    const body = JSON.stringify({ ...JSON.parse(opened.body), again: true });
    const headers = { ...opened.headers, 'x-github-delivery': 'later', 'x-hub-signature-256': sign(body) };
    const response = await fetch(scene.app.webhookUrl, { method: 'POST', headers, body });
    const text = await response.text();
    await scene.database.pool.query('ALTER TABLE sluice.away RENAME TO deliveries');
    expect([response.status, text]).toEqual([500, 'not recorded\n']);
    expect(await send('later', body, sign(body))).toEqual({ status: 200, recorded: true });
  });
});

describe('the server', () => {
  it('says that it is well', async () => {
    const response = await fetch(`${scene.app.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('answers 404 to anything else', async () => {
    expect((await fetch(`${scene.app.url}/anything`)).status).toBe(404);
  });

  it('writes no secret, token, signature or text of people into its log', async () => {
    await scene.repository.openPullRequest({ head: 'quiet', title: 'A title nobody must log', by: 'developer' });
    await scene.idle();
    const log = scene.log.join('');
    expect(log).toContain('evaluated');
    const key = scene.identity.privateKey.split('\n')[1] ?? 'no key';
    for (const secret of [
      scene.identity.webhookSecret,
      key,
      'ghs_',
      'ghp_',
      'sha256=',
      'A title nobody must log',
      'x-hub-signature',
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});
