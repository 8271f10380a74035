import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBlobs } from '../../github/read-blobs.ts';
import { treeAt } from '../../github/tree.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

const files = Object.fromEntries([...Array(620).keys()].map((at) => [`schemas/${at} ü.json`, `{"title":"${at}"}`]));

let furnished: Furnished;
beforeEach(async () => {
  furnished = await furnishedGitHub({ ...files, 'large.json': `"${'x'.repeat(700_000)}"`, 'odd.json': '"\ufffd"' });
});
afterEach(() => furnished.github.close());

describe('readBlobs', () => {
  it('brings the texts of more files than one query takes', async () => {
    const commit = (await furnished.repository.tipOf('main')) ?? '';
    const texts = await readBlobs(furnished.workflow, claims, commit, Object.keys(files));
    expect(Object.fromEntries(texts)).toEqual(files);
  });

  it('asks again in halves when GitHub cannot answer in time', async () => {
    const commit = (await furnished.repository.tipOf('main')) ?? '';
    const { workflow } = furnished;
    const sizes: number[] = [];
    const slow = (query: string, variables: Record<string, string>) => {
      sizes.push(Object.keys(variables).filter((name) => /^e\d/.test(name)).length);
      if ((sizes.at(-1) ?? 0) > 200) return Promise.reject(new Error('timeout'));
      return workflow.graphql(query, variables);
    };
    const octokit = { ...workflow, graphql: slow as typeof workflow.graphql };
    expect(Object.fromEntries(await readBlobs(octokit, claims, commit, Object.keys(files)))).toEqual(files);
    expect(sizes.sort((a, b) => b - a)).toEqual([500, 250, 250, 125, 125, 125, 125, 120]);
    sizes.length = 0;
    const refused = Object.assign(new Error('no'), { name: 'HttpError', status: 403 });
    const refusing = (_query: string, variables: Record<string, string>) => {
      sizes.push(Object.keys(variables).length);
      return Promise.reject(refused);
    };
    const closed = { ...workflow, graphql: refusing as unknown as typeof workflow.graphql };
    await expect(readBlobs(closed, claims, commit, Object.keys(files).slice(0, 400))).rejects.toThrow('no');
    expect(sizes).toHaveLength(1);
    const never = {
      ...workflow,
      graphql: (() => Promise.reject(new Error('down'))) as unknown as typeof workflow.graphql,
    };
    await expect(readBlobs(never, claims, commit, Object.keys(files))).rejects.toThrow('down');
  });

  it('leaves out what may not be whole: large files, doubtful characters, files that are not there', async () => {
    const commit = (await furnished.repository.tipOf('main')) ?? '';
    const texts = await readBlobs(furnished.workflow, claims, commit, ['large.json', 'odd.json', 'nothing.json']);
    expect([...texts]).toEqual([]);
  });

  it('changes no answer of a tree', async () => {
    const commit = (await furnished.repository.tipOf('main')) ?? '';
    const tree = treeAt(furnished.workflow, claims, commit);
    await tree.prefetch?.(['schemas/7 ü.json', 'large.json', 'nothing.json']);
    expect(await tree.read('schemas/7 ü.json')).toBe('{"title":"7"}');
    expect(await tree.read('large.json')).toHaveLength(700_002);
    expect(await tree.read('nothing.json')).toBeUndefined();
  });
});
