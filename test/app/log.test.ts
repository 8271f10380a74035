import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog, type Logger } from '../../app/log.ts';

function logged(write: (log: Logger) => void): string {
  let text = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  write(createLog('debug', destination));
  return text;
}

const secret = 'hunter2';

describe('the log of the App', () => {
  it('says what happened and to what', () => {
    const line = logged((log) => log.info({ repository: 'acme/claims', pull: 7, decision: 'approved' }, 'evaluated'));
    expect(JSON.parse(line)).toMatchObject({
      repository: 'acme/claims',
      pull: 7,
      decision: 'approved',
      msg: 'evaluated',
    });
  });

  it('leaves out every field it does not know', () => {
    expect(
      logged((log) => log.debug({ body: secret, token: secret, payload: { secret } }, 'GitHub request: POST /x - 201')),
    ).not.toContain(secret);
  });

  it('describes an error without what hangs on it', () => {
    const error = Object.assign(new Error('Validation Failed'), {
      status: 422,
      request: { headers: { authorization: secret } },
      response: { data: secret },
      event: { payload: secret },
    });
    for (const line of [
      logged((log) => log.error(error)),
      logged((log) => log.error({ err: error }, 'failed')),
      logged((log) => log.child({ name: 'event' }).error(error)),
    ]) {
      expect(line).toContain('Validation Failed');
      expect(line).not.toContain(secret);
    }
  });

  it('keeps only the first line of an error, since PostgreSQL goes on with values', () => {
    const error = Object.assign(new Error(`duplicate key\nDETAIL: Key (email)=(${secret}) exists`), {
      detail: secret,
      code: '23505',
    });
    const line = logged((log) => log.error({ err: error }, 'failed'));
    expect(line).toContain('23505');
    expect(line).not.toContain(secret);
  });

  it('looks into errors of several errors, and no further', () => {
    const inner = Object.assign(new Error('inner'), { request: { headers: secret } });
    const line = logged((log) => log.error(new AggregateError([inner], 'several')));
    expect(line).toContain('inner');
    expect(line).not.toContain(secret);
  });

  it('names an event and a request, not their content', () => {
    const event = { id: 'd1', name: 'pull_request', payload: { title: secret } };
    const req = { method: 'POST', url: `/api/github/webhooks?${secret}`, headers: { 'x-hub-signature-256': secret } };
    const line = logged((log) => log.debug({ event, req }, 'Webhook received'));
    expect(line).toContain('pull_request');
    expect(line).toContain('/api/github/webhooks');
    expect(line).not.toContain(secret);
  });

  it('survives things that are no errors', () => {
    expect(logged((log) => log.error({ err: secret }, 'thrown'))).not.toContain(secret);
    expect(logged((log) => log.error('words %s', secret))).not.toContain(secret);
  });
});
