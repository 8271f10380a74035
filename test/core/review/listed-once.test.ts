import { describe, expect, it } from 'vitest';
import { listedOnce } from '../../../core/review/listed-once.ts';
import type { Tree } from '../../../core/review/review.ts';

class Counting implements Tree {
  readonly commit = 'c';
  lists = 0;
  readonly fetched: string[] = [];
  read(path: string): Promise<string | undefined> {
    return Promise.resolve(this.fetched.includes(path) ? path : undefined);
  }
  prefetch(paths: readonly string[]): Promise<void> {
    this.fetched.push(...paths);
    return Promise.resolve();
  }
  list(): Promise<readonly string[]> {
    this.lists += 1;
    return Promise.resolve(this.fetched);
  }
}

describe('listedOnce', () => {
  it('asks for the listing once, and for the rest as often as it is asked', async () => {
    const counting = new Counting();
    const tree = listedOnce(counting);
    await tree.prefetch?.(['a', 'b']);
    expect(await Promise.all([tree.list(), tree.list()])).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect([await tree.read('a'), await tree.read('z'), tree.commit, counting.lists]).toEqual(['a', undefined, 'c', 1]);
  });
});
