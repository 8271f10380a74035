import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMove, type RunState } from '../../core/migration/states.ts';
import type { JsonObject } from '../../core/schema/json.ts';
import { type EventRow, listEvents } from '../../registry/events.ts';
import { retryRun } from '../../registry/runs/create.ts';
import { moveRun } from '../../registry/runs/move.ts';
import { readRun } from '../../registry/runs/read.ts';
import { countSteering } from '../../registry/runs/steering.ts';
import type { LocalPullRequest } from '../../sandbox/github/pull-request.ts';
import type { Delivery } from '../../sandbox/github/webhooks.ts';
import { breakingChange, type Scene, startScene } from './fixture.ts';

/** What people ask of a run that is under way, what it does by itself, and what the network does to the webhooks. */
type Action =
  | { readonly do: 'comment'; readonly by: Person; readonly words: (typeof comments)[number] }
  /** On a page that shows what there was so many times of steering ago. */
  | { readonly do: 'click'; readonly by: Person; readonly button: (typeof buttons)[number]; readonly age: 0 | 1 | 2 }
  | { readonly do: 'move' }
  /** One of the webhooks so far, under a number of its own: for the first time or again. */
  | { readonly do: 'deliver'; readonly which: number };

const people = ['platform-engineer', 'second-engineer', 'developer'] as const;
type Person = (typeof people)[number];
const comments = ['pause', 'resume', 'cancel', 'rollback', 'schedule manual', 'schedule now', 'continue'] as const;
const buttons = ['pause', 'resume', 'cancel', 'rollback'] as const;

const person = fc.constantFrom<Person>('platform-engineer', 'platform-engineer', 'second-engineer', 'developer');
const deliver = fc.record({ do: fc.constant('deliver' as const), which: fc.nat({ max: 20 }) });
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('comment' as const), by: person, words: fc.constantFrom(...comments) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('click' as const),
      by: person,
      button: fc.constantFrom('pause' as const, 'resume', ...buttons),
      age: fc.constantFrom<0 | 1 | 2>(0, 0, 0, 1, 2),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'move' as const }) },
  { weight: 6, arbitrary: deliver },
);

const says = (words: (typeof comments)[number]): Action => ({ do: 'comment', by: 'platform-engineer', words });
const clicks = (button: (typeof buttons)[number]): Action => ({ do: 'click', by: 'platform-engineer', button, age: 0 });
const arrives = (which: number): Action => ({ do: 'deliver', which });

/** What chance might take long to find. */
const accidents: [Action[]][] = [
  // A click is caught, and sent again once the run goes on.
  [[clicks('pause'), arrives(0), says('resume'), arrives(1), arrives(0)]],
  // What was written first comes last.
  [[says('resume'), says('pause'), arrives(1), arrives(0)]],
  [[says('schedule now'), says('schedule manual'), arrives(1), arrives(0)]],
  [[says('continue'), says('schedule manual'), arrives(1), arrives(0)]],
  // A page that is open since before the run was steered.
  [[clicks('pause'), arrives(0), clicks('resume'), arrives(1), { ...clicks('pause'), age: 2 } as Action, arrives(2)]],
];

let scene: Scene;
let pull: LocalPullRequest;
let id = '';
beforeAll(async () => {
  scene = await startScene();
  await scene.begin();
  pull = await scene.propose(breakingChange);
  await scene.review(pull, 'platform-engineer');
  await scene.merge(pull);
  id = (await scene.runs())[0]?.id ?? '';
});
afterAll(() => scene.close());

/** Something that somebody asked, with the webhook that tells of it. */
interface Asked {
  readonly by: Person;
  readonly what: string;
  readonly delivery: Delivery;
  /** Number of the comment, or the count that the button was shown at. */
  readonly comment?: number;
  readonly at?: number;
  arrived: boolean;
}

const where: { readonly [what: string]: RunState } = {
  pause: 'paused',
  resume: 'backfilling',
  cancel: 'cancelling',
  rollback: 'rolling-back',
};
const next: { readonly [S in RunState]?: RunState } = {
  backfilling: 'verifying',
  verifying: 'cutting-over',
  'cutting-over': 'reversing',
  'rolling-back': 'reversing',
};

describe('what people ask of a run, in any order, repeated, late or lost', () => {
  it('is done once, by those who may, and never after what they said later', { timeout: 300_000 }, async () => {
    await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 12 }), play), {
      numRuns: 12,
      examples: accidents,
    });
    // Otherwise nothing was tried.
    expect(followedAtAll).toBeGreaterThan(5);
  });
});

async function play(actions: readonly Action[]): Promise<void> {
  const { pool } = scene.database;
  await pool.query("UPDATE sluice.runs SET state = 'cancelled' WHERE id = $1", [id]);
  id = (await retryRun(pool, id)) ?? '';
  await pool.query("UPDATE sluice.runs SET state = 'backfilling' WHERE id = $1", [id]);
  await pool.query('DELETE FROM sluice.schedules');
  scene.github.webhooks.hold();
  const asked: Asked[] = [];
  /** Numbers of the comments that were followed, by what they are about. */
  const followed = { run: 0, schedule: 0 };
  for (const each of actions) {
    if (each.do === 'deliver') {
      const one = asked[each.which % Math.max(1, asked.length)];
      if (one) await arrive(one, followed);
    } else if (each.do === 'move') {
      const run = await readRun(pool, id);
      const to = run && next[run.state];
      if (run && to) await moveRun(pool, id, run.state, to);
    } else asked.push(await ask(each));
  }
}

async function ask(each: Extract<Action, { by: Person }>): Promise<Asked> {
  const { webhooks } = scene.github;
  const last = (): Delivery => {
    const delivery = webhooks.deliveries.at(-1);
    if (!delivery) throw new Error('no webhook');
    return delivery;
  };
  if (each.do === 'comment') {
    const comment = await pull.comment(each.by, `/sluice ${each.words}`);
    return { by: each.by, what: each.words, comment, delivery: last(), arrived: false };
  }
  const run = await readRun(scene.database.pool, id);
  const at = Math.max(0, (run ? await countSteering(scene.database.pool, run) : 0) - each.age);
  const [owner = '', name = ''] = scene.repository.fullName.split('/');
  const [shown] = (await scene.repository.checkRuns(run?.mergeCommit ?? '', 'owner')) as unknown as JsonObject[];
  const payload = {
    action: 'requested_action',
    requested_action: { identifier: `${each.button}.${at}` },
    check_run: { ...shown, external_id: `run:${id}`, app: { id: scene.identity.appId } },
    repository: await scene.repository.call('owner', 'GET', ''),
    sender: { login: each.by, id: 1, type: 'User' },
  };
  webhooks.dispatch('check_run', 'requested_action', payload, owner, name);
  return { by: each.by, what: each.button, at, delivery: last(), arrived: false };
}

let numbers = 0;
/** Webhooks of all plays that had an effect. */
let followedAtAll = 0;
async function arrive(one: Asked, followed: { run: number; schedule: number }): Promise<void> {
  const before = await happened();
  const state = (await readRun(scene.database.pool, id))?.state ?? 'planned';
  const count = before.filter(({ kind }) => kind.startsWith('run.')).length;
  numbers += 1;
  const headers = { ...one.delivery.headers, 'x-github-delivery': `model-${numbers}` };
  await scene.github.webhooks.send({ ...one.delivery, headers });
  await commandsDone();
  const effects = (await happened()).filter(({ id: event }) => !before.some((known) => known.id === event));
  const about = one.what.startsWith('schedule') ? 'schedule' : 'run';
  const isOvertaken =
    one.comment !== undefined &&
    (one.comment < followed[about] || (one.what === 'continue' && one.comment < followed.schedule));
  const to = where[one.what];
  const may =
    !one.arrived &&
    one.by !== 'developer' &&
    !isOvertaken &&
    (one.at === undefined || one.at === count) &&
    (about === 'schedule' || one.what === 'continue' || (to !== undefined && isPossible(one.what, state, to)));
  const told = { asked: one.what, by: one.by, state, effects: effects.map(({ kind, actor }) => `${kind} by ${actor}`) };
  // Whether anything keeps a run that may be continued is for other tests.
  if (!may || one.what !== 'continue')
    expect({ ...told, count: effects.length }).toEqual({ ...told, count: may ? 1 : 0 });
  expect(effects.every(({ actor }) => actor === one.by)).toBe(true);
  if (effects.length > 0 && one.comment !== undefined) followed[about] = Math.max(followed[about], one.comment);
  if (effects.length > 0) followedAtAll += 1;
  one.arrived = true;
}

function isPossible(what: string, from: RunState, to: RunState): boolean {
  if (what === 'resume') return from === 'paused';
  // Before the swap there is nothing to swap back: it is called off.
  if (what === 'rollback') return canMove(from, 'rolling-back') || canMove(from, 'cancelling');
  return canMove(from, to);
}

/** What people have done to the run and to when it may work. */
async function happened(): Promise<EventRow[]> {
  const { pool } = scene.database;
  const repository = scene.repository.fullName;
  const ofRun = await listEvents(pool, { repository, subject: id });
  const ofPull = await listEvents(pool, { repository, subject: `pull request ${pull.number}` });
  return [...ofRun, ...ofPull].filter(({ kind }) => kind.startsWith('run.') || kind === 'schedule.set');
}

async function commandsDone(): Promise<void> {
  for (let patience = 1_500; patience > 0; patience -= 1) {
    const { rows } = await scene.database.pool.query<{ busy: boolean }>(
      `SELECT EXISTS (SELECT FROM sluice.outbox WHERE relayed IS NULL AND name = 'command')
         OR EXISTS (SELECT FROM bullmq.job WHERE name = 'command' AND state IN ('waiting', 'active', 'delayed')) AS busy`,
    );
    if (rows[0]?.busy === false) return;
    await sleep(10);
  }
  throw new Error('the App does not come to rest');
}
