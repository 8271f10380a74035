import { expect, it } from 'vitest';
import { fetchForScript } from '../../../runner/scripts/script-fetch.ts';
import { body, open, outcomesOf } from './script.ts';

const hosts = ['rates.example.com', 'other.example.com:8443'];

/** A `fetch` that notes what it is asked for and answers with it. */
function echo() {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const text = new Request(url).url;
    asked.push({ url: text, init });
    return new Response(JSON.stringify({ url: text, body: init?.body ?? null }), {
      status: 201,
      headers: { 'x-rate': '7' },
    });
  };
  return { asked, fetch };
}

const lookUp = body(`const response = await fetch(record.url, record.init);
  return { status: response.status, ok: response.ok, rate: response.headers.get('X-Rate'), ...(await response.json()) };`);

it('a script fetches from the hosts that the migration file declares', async () => {
  const { asked, fetch } = echo();
  const script = await open(lookUp, { hosts }, { fetch });
  expect(
    await outcomesOf(script, [
      '{"url": "https://rates.example.com/a?b=1"}',
      '{"url": "https://other.example.com:8443/", "init": {"method": "POST", "body": "x", "headers": {"accept": "text/plain"}}}',
    ]),
  ).toEqual([
    '{"status":201,"ok":true,"rate":"7","url":"https://rates.example.com/a?b=1","body":null}',
    '{"status":201,"ok":true,"rate":"7","url":"https://other.example.com:8443/","body":"x"}',
  ]);
  expect(asked[1]?.init).toMatchObject({
    method: 'POST',
    headers: { accept: 'text/plain' },
    redirect: 'manual',
    credentials: 'omit',
  });
});

it.each([
  'https://evil.example.com/',
  'https://rates.example.com.evil.example/',
  'https://evil.example/rates.example.com',
  'https://rates.example.com@evil.example/',
  'https://user:word@rates.example.com/',
  'https://rates.example.com:8443/',
  'https://other.example.com/',
  'http://rates.example.com/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'https://169.254.169.254/',
  'https://[::1]/',
  '/relative',
  'https://RATES.example.com:444/',
])('a script does not reach %s', async (url) => {
  const { asked, fetch } = echo();
  const answer = await fetchForScript({ id: 1, url, method: 'GET', headers: {} }, hosts, 1000, fetch);
  expect(answer).toHaveProperty('failure');
  expect(asked).toEqual([]);
});

it('the name of a host is compared as browsers read it', async () => {
  const { fetch } = echo();
  for (const url of ['https://RATES.example.com/', 'https://rates.example.com:443/', 'https:rates.example.com'])
    expect(await fetchForScript({ id: 1, url, method: 'GET', headers: {} }, hosts, 1000, fetch)).toHaveProperty(
      'response',
    );
});

it('a script without hosts has no fetch, and one that is refused can go on', async () => {
  const { fetch } = echo();
  const none = await open(body('return { fetch: typeof fetch };'), {}, { fetch });
  expect(await outcomesOf(none, ['{}'])).toEqual(['{"fetch":"undefined"}']);
  const script = await open(
    body("try { await fetch('https://evil.example/'); } catch (error) { return { why: error.message }; }"),
    { hosts },
    { fetch },
  );
  expect(await outcomesOf(script, ['{}'])).toEqual(['{"why":"The migration file does not declare this host"}']);
});

it('an answer that is too long or never comes is a refusal', async () => {
  const request = { id: 1, url: 'https://rates.example.com/', method: 'GET', headers: {} };
  const long: typeof globalThis.fetch = async () => new Response('x'.repeat(1_000_001));
  expect(await fetchForScript(request, hosts, 1000, long)).toEqual({
    id: 1,
    failure: 'The answer has more than 1000000 bytes',
  });
  const never: typeof globalThis.fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new Error('10.0.0.7 does not answer')));
    });
  expect(await fetchForScript(request, hosts, 20, never)).toEqual({ id: 1, failure: 'The host cannot be reached' });
});
