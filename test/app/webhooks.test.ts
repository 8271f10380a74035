import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDelivery } from '../../registry/deliveries.ts';
import type { Delivery } from '../../sandbox/github/webhooks.ts';
import { breakingChange, type Scene, startScene } from './fixture.ts';

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
