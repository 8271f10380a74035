import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBlobs } from '../../github/read-blobs.ts';
import { treeAt } from '../../github/tree.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

const files = Object.fromEntries([...Array(230).keys()].map((at) => [`schemas/${at} ü.json`, `{"title":"${at}"}`]));

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
