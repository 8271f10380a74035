import { setTimeout as sleep } from 'node:timers/promises';

/** What should have happened and did not. Its message says which step of the story it was. */
export class StoryFailed extends Error {
  override readonly name = 'StoryFailed';
}

/** Asks again until there is an answer. Throws `StoryFailed` after `seconds` without one. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  { seconds = 30, everyMs = 50 }: { seconds?: number; everyMs?: number } = {},
): Promise<Answer> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new StoryFailed(`waited ${seconds} s, and ${what} has not happened`);
    await sleep(everyMs);
  }
}

/** Throws `StoryFailed` unless it holds. */
export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new StoryFailed(otherwise);
}
