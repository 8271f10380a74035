import { createHmac, randomUUID } from 'node:crypto';
import type { AppRow, GitHubStore, InstallationRow } from './store.ts';

/** One webhook as GitHub sends it to an App, with what came back. */
export interface Delivery {
  /** The value of X-GitHub-Delivery. */
  readonly id: string;
  readonly event: string;
  readonly action: string | undefined;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** HTTP status of the last attempt; undefined before it, 0 when nobody answered. */
  status: number | undefined;
}

/** Sends signed webhooks to the Apps that are installed, and remembers them so that a test can repeat, delay or reorder them. */
export class Webhooks {
  readonly deliveries: Delivery[] = [];
  readonly #store: GitHubStore;
  readonly #pending = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #held = false;

  constructor(store: GitHubStore) {
    this.#store = store;
  }

  dispatch(event: string, action: string | undefined, payload: object, owner: string, repo: string | undefined): void {
    for (const { app, installation } of this.#receivers(event, owner, repo)) {
      const delivery = sign(app, installation, event, action, payload);
      this.deliveries.push(delivery);
      if (!this.#held) this.#start(delivery);
    }
  }

  /** Sends a delivery, also one that was sent before: GitHub's button "Redeliver" keeps the id. */
  async send(delivery: Delivery): Promise<number> {
    try {
      const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(10_000)]);
      const { url, headers, body } = delivery;
      delivery.status = (await fetch(url, { method: 'POST', headers, body, signal })).status;
    } catch {
      delivery.status = 0;
    }
    return delivery.status;
  }

  /** From now on deliveries are only remembered, for the test to send as it likes. */
  hold(): void {
    this.#held = true;
  }

  /** Sends what was held back and never sent, in order, and holds back no longer. */
  async release(): Promise<void> {
    this.#held = false;
    for (const delivery of this.deliveries) if (delivery.status === undefined) await this.send(delivery);
  }

  /** Resolves when every delivery that was started has been answered. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  #start(delivery: Delivery): void {
    const sending = this.send(delivery).then(() => void this.#pending.delete(sending));
    this.#pending.add(sending);
  }

  #receivers(event: string, owner: string, repo: string | undefined): { app: AppRow; installation: InstallationRow }[] {
    const repository = repo === undefined ? undefined : this.#store.repos.findOneBy('full_name', `${owner}/${repo}`);
    return this.#store.appInstallations
      .all()
      .filter((installation) => installation.account_login === owner && installation.suspended_at === null)
      .filter(
        (installation) =>
          repository === undefined ||
          installation.repository_selection === 'all' ||
          installation.repository_ids.includes(repository.id),
      )
      .flatMap((installation) => {
        const app = this.#store.apps.findOneBy('app_id', installation.app_id);
        return app?.webhook_url && app.events.includes(event) ? [{ app, installation }] : [];
      });
  }
}

function sign(
  app: AppRow,
  installation: InstallationRow,
  event: string,
  action: string | undefined,
  payload: object,
): Delivery {
  const id = randomUUID();
  const body = JSON.stringify({ ...payload, installation: { id: installation.installation_id, node_id: '' } });
  const signature = createHmac('sha256', app.webhook_secret ?? '')
    .update(body)
    .digest('hex');
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/emulated',
    'x-github-delivery': id,
    'x-github-event': event,
    'x-github-hook-installation-target-id': String(app.app_id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': `sha256=${signature}`,
  };
  return { id, event, action, url: app.webhook_url ?? '', headers, body, status: undefined };
}
