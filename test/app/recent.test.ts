import { describe, expect, it } from 'vitest';
import { Recent } from '../../app/recent.ts';

describe('what was computed recently', () => {
  it('is computed once, also for those who ask at the same time', async () => {
    const recent = new Recent<number>(2);
    let made = 0;
    const make = (): Promise<number> => Promise.resolve((made += 1));
    expect(await Promise.all([recent.get('a', make), recent.get('a', make)])).toEqual([1, 1]);
    expect(await recent.get('a', make)).toBe(1);
  });

  it('is forgotten when too much else came after it', async () => {
    const recent = new Recent<string>(2);
    const made: string[] = [];
    const get = (name: string): Promise<string> => recent.get(name, () => Promise.resolve(String(made.push(name))));
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await get(name);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('is computed again when it failed', async () => {
    const recent = new Recent<string>(2);
    await expect(recent.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await recent.get('a', () => Promise.resolve('yes'))).toBe('yes');
  });
});
