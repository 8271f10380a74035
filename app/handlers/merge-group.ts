import type { Probot } from 'probot';
import type { AppContext } from '../context.ts';
import { mergeGroupMessage } from '../jobs.ts';
import { receive } from './receive.ts';

/** A merge queue wants to know whether a pull request may be merged as it would be. The queue's branch names the pull request. */
export function onMergeGroup(app: Probot, context: AppContext): void {
  app.on('merge_group.checks_requested', async (event) => {
    const { head_ref: ref, head_sha: head, base_sha: base } = event.payload.merge_group;
    const number = Number(/^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(ref)?.[1]);
    const { repository } = event.payload;
    if (!Number.isInteger(number) || !repository) return;
    const received = { ...event, payload: { ...event.payload, repository } };
    await receive(context, received, number, (place) => mergeGroupMessage({ ...place, number, head, base }));
  });
}
