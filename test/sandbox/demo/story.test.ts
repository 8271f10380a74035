import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { narrator } from '../../../sandbox/demo/narrator.ts';
import { type Stack, startStack } from '../../../sandbox/demo/stack.ts';
import { tellStory } from '../../../sandbox/demo/story.ts';
import { StoryFailed, until } from '../../../sandbox/demo/until.ts';

const records = 2000;

describe('the demo', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(records, () => undefined);
  });
  afterAll(() => stack.close());

  it('tells the whole path, from the pull request to the migrated table', async () => {
    let told = '';
    const run = await tellStory(stack, records, narrator({ write: (text) => (told += text) }));
    expect(run).toMatchObject({ fromVersion: '2.8.0', toVersion: '3.0.0', state: 'reversing' });
    expect(told).toContain('breaks stored records');
    expect(told).toContain('Waiting for 1 approval');
    expect(told).toContain('100 %');
    expect(told).toContain('insurance-claim 3.0.0 is published');
  });
});

describe('a step of the demo that does not happen', () => {
  it('ends the story with the name of the step', async () => {
    const never = until('the moon turning green', () => Promise.resolve(undefined), { seconds: 0.01 });
    await expect(never).rejects.toThrow(StoryFailed);
    await expect(never).rejects.toThrow('the moon turning green has not happened');
  });
});
