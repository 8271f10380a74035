import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claim280, claim300, claimPath } from '../core/review/claim-files.ts';
import { type Workbench, workbenchWith } from './workbench.ts';

let bench: Workbench;
const outside: string[] = [];
/** GitHub Enterprise Server has its REST API below /api/v3 and GraphQL at /api/graphql. */
const enterprise = createServer((request, response) => void forward(request, response));

async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  const rest = path.startsWith('/api/v3/') ? path.slice('/api/v3'.length) : undefined;
  const target = path === '/api/graphql' ? '/graphql' : rest;
  if (target === undefined) {
    outside.push(path);
    response.writeHead(404).end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await fetch(new URL(target, bench.github.url), {
    method: request.method ?? 'GET',
    headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
  const type = answer.headers.get('content-type') ?? 'application/json';
  response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()));
}

beforeAll(async () => {
  bench = await workbenchWith({ [claimPath]: claim280 });
  await new Promise<void>((resolve) => enterprise.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  enterprise.close();
  await bench.github.close();
});

it('a GitHub Enterprise Server is asked at its own addresses, and linked to', async () => {
  const apiUrl = `http://127.0.0.1:${(enterprise.address() as AddressInfo).port}/api/v3`;
  const proposal = await bench.propose({ [claimPath]: claim300 });
  const environment = { GITHUB_SERVER_URL: 'https://github.example.com' };
  const result = await proposal.run({ apiUrl, environment });
  expect(result.outputs).toMatchObject({ verdict: 'breaking' });
  expect(outside).toEqual([]);
  const [comment = ''] = await proposal.comments();
  expect(comment).toContain('https://github.example.com/acme/claims/blob/');
  expect(comment).not.toContain('https://github.com/');
});
