import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../github/connect.ts';
import { isPermissionMissing, requestStatus, unlessMissing } from '../../github/request-status.ts';

const address = 'https://github.example';
const repository = { owner: 'acme', repo: 'claims' };
afterEach(() => nock.cleanAll());

describe('a connection to GitHub', () => {
  it('repeats what failed on the side of GitHub', async () => {
    nock(address).get('/repos/acme/claims').reply(502, 'bad gateway');
    nock(address).get('/repos/acme/claims').reply(200, { id: 1 });
    const { data } = await connect({ token: 't', baseUrl: address }).rest.repos.get(repository);
    expect(data).toEqual({ id: 1 });
  });

  it('waits when GitHub says that there were too many calls', async () => {
    nock(address)
      .get('/repos/acme/claims')
      .reply(429, { message: 'You have exceeded a secondary rate limit' }, { 'retry-after': '1' });
    nock(address).get('/repos/acme/claims').reply(200, { id: 1 });
    const { data } = await connect({ token: 't', baseUrl: address }).rest.repos.get(repository);
    expect(data).toEqual({ id: 1 });
  });

  it.each([401, 403, 404, 422])('does not repeat a refusal (%d)', async (status) => {
    nock(address).get('/repos/acme/claims').reply(status, { message: 'no' });
    await expect(connect({ token: 't', baseUrl: address }).rest.repos.get(repository)).rejects.toMatchObject({
      status,
    });
  });
});

describe('the status of a failed call', () => {
  const fail = (status: number, message: string): Promise<unknown> => {
    nock(address).get('/repos/acme/claims').reply(status, { message });
    return connect({ token: 't', baseUrl: address, patient: false }).rest.repos.get(repository);
  };

  it('is that of the answer, and of nothing else that is thrown', async () => {
    expect(requestStatus(await fail(422, 'no').catch((error: unknown) => error))).toBe(422);
    expect(requestStatus(new Error('404'))).toBeUndefined();
    expect(requestStatus('404')).toBeUndefined();
  });

  it('tells a missing permission from a rate limit', async () => {
    const missing = await fail(403, 'Resource not accessible by integration').catch((error: unknown) => error);
    const limited = await fail(403, 'API rate limit exceeded').catch((error: unknown) => error);
    expect([isPermissionMissing(missing), isPermissionMissing(limited)]).toEqual([true, false]);
  });

  it('turns "not found" alone into what the caller says instead', async () => {
    expect(await unlessMissing(fail(404, 'Not Found'), 'nothing')).toBe('nothing');
    await expect(unlessMissing(fail(403, 'Forbidden'), 'nothing')).rejects.toMatchObject({ status: 403 });
  });
});
