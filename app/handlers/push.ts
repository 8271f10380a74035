import type { Probot } from 'probot';
import { beginExamining } from '../../registry/branches.ts';
import { inTransaction } from '../../registry/database.ts';
import { markDelivery, recordDelivery } from '../../registry/deliveries.ts';
import { notePusher } from '../../registry/held-pushes.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import type { AppContext } from '../context.ts';
import { branchMessage } from '../jobs.ts';

/** GitHub tells of a merge and of the push that it is at the same time; which commits belong to which pull request it knows a little later. */
const settling = 30_000;

/** The default branch moved: mostly by a merge, sometimes past any pull request. */
export function onPush(app: Probot, context: AppContext): void {
  app.on('push', async ({ id, name: event, payload }) => {
    const { installation, repository, ref, before, deleted } = payload;
    if (!installation || deleted || ref !== `refs/heads/${repository.default_branch}`) return;
    const owner = repository.owner?.login;
    if (owner === undefined) return;
    const full = repository.full_name;
    const job = { repository: { owner, repo: repository.name }, installationId: installation.id, delivery: id };
    await inTransaction(context.registry, async (client) => {
      if ((await recordDelivery(client, { id, event, repository: full, body: null })) === 'duplicate') return;
      const isFirst = /^0+$/.test(before);
      if (!isFirst)
        await beginExamining(client, { repository: full, branch: repository.default_branch, commit: before });
      if (payload.sender) await notePusher(client, full, payload.after, payload.sender.login);
      await appendOutbox(client, branchMessage(job, context.patient ? settling : 0));
      await markDelivery(client, id, 'processed');
    });
  });
}
