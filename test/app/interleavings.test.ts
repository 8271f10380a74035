import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pullRequestMessage } from '../../app/jobs.ts';
import { currentApproval } from '../../registry/approvals.ts';
import { appendOutbox } from '../../registry/outbox.ts';
import { listRuns } from '../../registry/runs/read.ts';
import { waitsOf } from '../../registry/waits.ts';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import type { LocalRepository } from '../../sandbox/github/repository.ts';
import { breakingChange, configuration, otherChange, type Scene, schemas, startScene } from './fixture.ts';

/** What people do, and what the network does to the webhooks about it. */
type Action =
  | { readonly do: 'push'; readonly content: 'one' | 'other' | 'words' }
  | {
      readonly do: 'review';
      readonly by: Reviewer;
      readonly event: 'APPROVE' | 'REQUEST_CHANGES';
      readonly old: boolean;
      /** With a task in its body, for somebody to tick. */
      readonly conditional?: boolean;
    }
  | { readonly do: 'tick'; readonly by: Reviewer }
  | { readonly do: 'dismiss' }
  | { readonly do: 'leave' | 'join' }
  | { readonly do: 'merge' }
  /** All webhooks so far, each once more or for the first time. */
  | { readonly do: 'deliver-all' }
  /** One of the webhooks so far, sent now: for the first time or again. */
  | { readonly do: 'deliver'; readonly which: number };

const reviewers = ['platform-engineer', 'second-engineer', 'developer', 'stranger'] as const;
type Reviewer = (typeof reviewers)[number];

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('push' as const),
      content: fc.constantFrom('one' as const, 'other', 'other', 'words'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('review' as const),
      by: fc.constantFrom('platform-engineer' as const, 'platform-engineer', ...reviewers),
      event: fc.constantFrom('APPROVE' as const, 'APPROVE', 'APPROVE', 'REQUEST_CHANGES'),
      old: fc.boolean(),
      conditional: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tick' as const), by: fc.constantFrom(...reviewers) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'dismiss' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'deliver-all' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'join') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), which: fc.nat() }) },
);

const approve = (by: Reviewer, old = false, conditional = false): Action => ({
  do: 'review',
  by,
  event: 'APPROVE',
  old,
  conditional,
});

/** What chance might take long to find. */
const accidents: [Action[], Action[]][] = [
  // Approved, then something else is pushed.
  [[approve('platform-engineer'), { do: 'push', content: 'other' }], []],
  // Something else is pushed while the reviewer still looks at what was there before.
  [[{ do: 'push', content: 'other' }, approve('platform-engineer', true)], []],
  // The approver changes jobs between approval and merge, and the webhook of the merge comes first.
  [[approve('platform-engineer'), { do: 'leave' }], [{ do: 'deliver', which: 3 }]],
  // Only those who may not have approved.
  [[approve('developer'), approve('stranger')], []],
  // The approver changes jobs after the merge, while the run waits.
  [[approve('platform-engineer')], [{ do: 'deliver-all' }, { do: 'leave' }]],
  // The approval is taken back after the merge, while the run waits.
  [[approve('platform-engineer')], [{ do: 'deliver-all' }, { do: 'dismiss' }]],
  // One approves under a condition, which only those tick who may not; then another approves without.
  [[approve('platform-engineer', false, true), { do: 'tick', by: 'developer' }], [approve('second-engineer')]],
  // The condition is ticked before anybody has seen that it is there.
  [[approve('platform-engineer', false, true), { do: 'tick', by: 'platform-engineer' }], []],
  // One approves and another objects.
  [[approve('platform-engineer'), { do: 'review', by: 'second-engineer', event: 'REQUEST_CHANGES', old: false }], []],
];

/** The same rules in a few lines, over what really happened rather than over what was told. */
class Truth {
  readonly contents = new Map<string, 'one' | 'other'>();
  readonly opinions = new Map<
    Reviewer,
    { id: number; kind: 'approved' | 'against' | 'dismissed'; commit: string; conditional: boolean }
  >();
  /** Whether anybody who might has said that a condition is met. */
  ticked = false;
  readonly team = new Set<Reviewer>(['platform-engineer', 'second-engineer']);
  content: 'one' | 'other' = 'one';
  merged: 'one' | 'other' | undefined;
  /** Whether what was merged was approved at any moment, and at every moment, since. */
  ever = false;
  always = true;
  now = false;
  conditional = false;

  observe(): void {
    if (this.merged === undefined) return;
    const members = [...this.opinions].filter(([login]) => this.team.has(login)).map(([, opinion]) => opinion);
    const given = members.filter(
      ({ kind, commit }) => kind === 'approved' && this.contents.get(commit) === this.merged,
    );
    this.conditional = given.some(({ conditional }) => conditional);
    const valid = given.length > 0 && !members.some(({ kind }) => kind === 'against');
    this.now = valid;
    this.ever ||= valid;
    this.always &&= valid;
  }
}

let scene: Scene;
let repositories = 0;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());

describe('webhooks in any order, repeated, late or lost', () => {
  it('never lead to a run without a valid approval, and lead to one where there is one', {
    timeout: 300_000,
  }, async () => {
    const before = fc.array(action, { minLength: 2, maxLength: 9 });
    const after = fc.array(action, { maxLength: 4 });
    await fc.assert(fc.asyncProperty(before, after, play), { numRuns: 15, examples: accidents });
  });
});

async function play(before: readonly Action[], after: readonly Action[]): Promise<void> {
  repositories += 1;
  const { github } = scene;
  for (const login of ['platform-engineer', 'second-engineer']) github.addToTeam('acme/platform', login);
  github.webhooks.hold();
  const first = github.webhooks.deliveries.length;
  const repository = await github.createRepository(`acme/claims-${repositories}`, {
    by: 'owner',
    files: { '.github/sluice.yml': configuration, [schemas.path]: schemas.old },
    writers: ['developer'],
  });
  const head = await repository.commitFiles('change', breakingChange, { by: 'developer' });
  const pull = await repository.openPullRequest({ head: 'change', title: 'Change', by: 'developer' });
  const truth = new Truth();
  truth.contents.set(head, 'one');
  for (const each of [...before, { do: 'merge' } as const, ...after]) {
    await act(each, repository, pull, truth, first);
    truth.observe();
  }
  // A webhook may be lost, but what it told of is found by the next look, which is what delivering it late amounts to.
  for (const delivery of github.webhooks.deliveries.slice(first).reverse()) await github.webhooks.send(delivery);
  await scene.idle();
  const runs = await listRuns(scene.database.pool, { repository: repository.fullName });
  // As the reconciler does with runs that have not started.
  for (const { installationId = 0 } of runs) {
    const place = { owner: 'acme', repo: `claims-${repositories}` };
    const message = pullRequestMessage({ repository: place, number: pull.number, installationId });
    await appendOutbox(scene.database.pool, message);
  }
  await scene.idle();
  const approval = await currentApproval(scene.database.pool, {
    repository: repository.fullName,
    pullRequest: pull.number,
  });
  const issues = (await repository.issues('owner')).filter(({ state, title }) => {
    return state === 'open' && !title.startsWith('Before the run of');
  });
  const [run] = runs;
  const waits = run === undefined ? [] : await waitsOf(scene.database.pool, run);
  const wanted = truth.merged === 'other' ? otherChange : breakingChange;
  expect({
    ranUnapproved: runs.length > 0 && !truth.ever,
    wouldStartThoughTakenBack: runs.length > 0 && approval !== undefined && !truth.now,
    heldThoughApproved: runs.length === 0 && truth.always,
    eitherRanOrHeld: runs.length + issues.length,
    wouldStartUnderConditions: runs.length > 0 && truth.now && truth.conditional && !truth.ticked && waits.length === 0,
    ranSomethingElse: runs.some((run) => run.newText !== wanted[schemas.path]),
  }).toEqual({
    ranUnapproved: false,
    wouldStartThoughTakenBack: false,
    heldThoughApproved: false,
    eitherRanOrHeld: 1,
    wouldStartUnderConditions: false,
    ranSomethingElse: false,
  });
}

async function act(
  each: Action,
  repository: LocalRepository,
  pull: LocalPullRequest,
  truth: Truth,
  first: number,
): Promise<void> {
  const { github } = scene;
  switch (each.do) {
    case 'push': {
      if (truth.merged !== undefined) return;
      const files =
        each.content === 'one'
          ? breakingChange
          : each.content === 'other'
            ? otherChange
            : { 'README.md': `${truth.contents.size}\n` };
      if (each.content !== 'words') truth.content = each.content;
      truth.contents.set(await repository.commitFiles('change', files, { by: 'developer' }), truth.content);
      return;
    }
    case 'review': {
      const commits = [...truth.contents.keys()];
      const commit = (each.old ? commits[0] : commits.at(-1)) ?? '';
      const conditional = each.event === 'APPROVE' && each.conditional === true;
      const id = await pull.review(each.by, each.event, conditional ? '- [ ] tell the claims team\n' : '', commit);
      truth.opinions.delete(each.by);
      const kind = each.event === 'APPROVE' ? 'approved' : 'against';
      truth.opinions.set(each.by, { id, kind, commit, conditional });
      return;
    }
    case 'tick':
      await pull.comment(each.by, '/sluice conditions tick 1');
      truth.ticked ||= each.by === 'platform-engineer' || each.by === 'second-engineer';
      return;
    case 'dismiss': {
      const [login, latest] = [...truth.opinions].at(-1) ?? [];
      if (login === undefined || !latest || latest.kind === 'dismissed') return;
      await pull.dismiss(latest.id, 'owner');
      truth.opinions.set(login, { ...latest, kind: 'dismissed' });
      return;
    }
    case 'leave':
      github.removeFromTeam('acme/platform', 'platform-engineer');
      truth.team.delete('platform-engineer');
      return;
    case 'join':
      github.addToTeam('acme/platform', 'platform-engineer');
      truth.team.add('platform-engineer');
      return;
    case 'merge':
      await pull.merge('owner');
      truth.merged = truth.content;
      return;
    case 'deliver-all': {
      for (const delivery of github.webhooks.deliveries.slice(first)) await github.webhooks.send(delivery);
      await scene.idle();
      return;
    }
    case 'deliver': {
      const deliveries = github.webhooks.deliveries.slice(first);
      const delivery = deliveries[each.which % Math.max(1, deliveries.length)];
      if (delivery) await github.webhooks.send(delivery);
      await scene.idle();
    }
  }
}
