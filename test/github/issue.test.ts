import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openIssueOnce } from '../../github/issue.ts';
import { claims, type Furnished, furnishedGitHub } from './fixture.ts';

let furnished: Furnished;
beforeEach(async () => {
  furnished = await furnishedGitHub();
});
afterEach(() => furnished.github.close());

const issue = { marker: 'sluice:held:1', author: 'github-actions[bot]', title: 'Not migrated', body: 'words' };

describe('an issue that is opened once', () => {
  it('is not opened again', async () => {
    const first = await openIssueOnce(furnished.workflow, claims, issue);
    expect(await openIssueOnce(furnished.workflow, claims, { ...issue, title: 'Other words' })).toBe(first);
    expect(await furnished.repository.issues('owner')).toHaveLength(1);
  });

  it('is not opened again after somebody closed it', async () => {
    const first = await openIssueOnce(furnished.workflow, claims, issue);
    await furnished.repository.call('owner', 'PATCH', `/issues/${first}`, { state: 'closed' });
    expect(await openIssueOnce(furnished.workflow, claims, issue)).toBe(first);
  });

  it('is opened although somebody else has written one with its marker', async () => {
    const body = `<!-- ${issue.marker} -->\nnothing to see`;
    await furnished.repository.call('stranger', 'POST', '/issues', { title: 'Decoy', body });
    await openIssueOnce(furnished.workflow, claims, issue);
    expect(await furnished.repository.issues('owner')).toHaveLength(2);
  });

  it('is another one for another marker', async () => {
    await openIssueOnce(furnished.workflow, claims, issue);
    await openIssueOnce(furnished.workflow, claims, { ...issue, marker: 'sluice:held:2' });
    expect(await furnished.repository.issues('owner')).toHaveLength(2);
  });
});
