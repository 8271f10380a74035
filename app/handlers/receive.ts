import type { Repository } from '../../github/octokit.ts';
import { inTransaction } from '../../registry/database.ts';
import { markDelivery, recordDelivery } from '../../registry/deliveries.ts';
import { appendOutbox, type OutboxMessage } from '../../registry/outbox.ts';
import type { AppContext } from '../context.ts';
import { pullRequestMessage } from '../jobs.ts';

/** What all webhooks have in common, as far as the App reads them. */
export interface Received {
  /** GitHub's delivery id. */
  readonly id: string;
  readonly name: string;
  readonly payload: {
    readonly action?: string;
    readonly installation?: { readonly id: number } | null;
    readonly repository: {
      readonly name: string;
      readonly full_name: string;
      readonly owner: { readonly login: string };
    };
  };
}

/** What a webhook asks for, given whose repository it is about and in whose name the App acts there. */
export type Asked = (place: {
  readonly repository: Repository;
  readonly installationId: number;
  /** GitHub's delivery id: the audit trail names it. */
  readonly delivery: string;
}) => OutboxMessage;

/**
 * Remembers the delivery and the job it asks for, both or neither, and is done: GitHub waits ten seconds and never asks again.
 * A delivery that was here before has no effect.
 */
export async function receive(context: AppContext, event: Received, number: number, asked: Asked): Promise<void> {
  const { installation, repository, action } = event.payload;
  if (!installation) return;
  const full = repository.full_name;
  const delivery = { id: event.id, event: event.name, action, repository: full, pullRequest: number, body: null };
  const place = {
    repository: { owner: repository.owner.login, repo: repository.name },
    installationId: installation.id,
    delivery: event.id,
  };
  await inTransaction(context.registry, async (client) => {
    if ((await recordDelivery(client, delivery)) === 'duplicate') return;
    await appendOutbox(client, asked(place));
    await markDelivery(client, event.id, 'processed');
  });
}

/** Looking at a pull request, as most webhooks ask for. */
export function receiveForPullRequest(context: AppContext, event: Received, number: number): Promise<void> {
  return receive(context, event, number, (place) => pullRequestMessage({ ...place, number }));
}
