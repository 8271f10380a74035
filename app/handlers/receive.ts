import { inTransaction } from '../../registry/database.ts';
import { markDelivery, recordDelivery } from '../../registry/deliveries.ts';
import { appendOutbox } from '../../registry/outbox.ts';
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

/**
 * Remembers the delivery and the job it asks for, both or neither, and is done: GitHub waits ten seconds and never asks again.
 * A delivery that was here before has no effect.
 */
export async function receive(context: AppContext, event: Received, numbers: readonly number[]): Promise<void> {
  const { installation, repository, action } = event.payload;
  if (!installation || numbers.length === 0) return;
  const [number] = numbers;
  const full = repository.full_name;
  const delivery = { id: event.id, event: event.name, action, repository: full, pullRequest: number, body: null };
  await inTransaction(context.registry, async (client) => {
    if ((await recordDelivery(client, delivery)) === 'duplicate') return;
    for (const each of numbers) {
      const job = { repository: { owner: repository.owner.login, repo: repository.name }, number: each };
      await appendOutbox(client, pullRequestMessage({ ...job, installationId: installation.id }));
    }
    await markDelivery(client, event.id, 'processed');
  });
}
