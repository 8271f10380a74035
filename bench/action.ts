import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runAction } from '../sandbox/action.ts';
import { startGitHub } from '../sandbox/github/github.ts';

/**
 * `npm run bench:action`: the whole process of the bundled Action, from start to verdict, for 20 changed schemas among 2,000, against the
 * GitHub of this machine. Prints milliseconds and calls to the API.
 */
const schemas = 2_000;
const changed = 20;
const rounds = 5;

const schema = (at: number, version: string, type: string): string =>
  `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', version, type: 'object', additionalProperties: false, properties: { id: { type: 'string' }, [`amount_${at}`]: { type } } }, null, 2)}\n`;
const pathOf = (at: number): string => `schemas/team-${at % 40}/schema-${at}.json`;

const github = await startGitHub();
github.createOrganisation('acme', { owners: ['owner'], members: ['developer'] });
const files = Object.fromEntries([...Array(schemas).keys()].map((at) => [pathOf(at), schema(at, '1.0.0', 'string')]));
const repository = await github.createRepository('acme/schemas', { by: 'owner', files, writers: ['developer'] });
const changes = Object.fromEntries([...Array(changed).keys()].map((at) => [pathOf(at), schema(at, '2.0.0', 'number')]));
await repository.commitFiles('topic', changes, { by: 'developer' });
const pull = await repository.openPullRequest({ head: 'topic', title: 'Numbers', by: 'developer' });
const token = github.actionsToken(repository, { contents: 'read', pull_requests: 'write' });

let calls = 0;
const counter = createServer((incoming, outgoing) => {
  calls += 1;
  const { method, headers, url } = incoming;
  const onward = send(new URL(url ?? '/', github.url), { method, headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
});
await new Promise<void>((resolve) => counter.listen(0, '127.0.0.1', resolve));
const apiUrl = `http://127.0.0.1:${(counter.address() as AddressInfo).port}`;

const times: number[] = [];
for (let round = 0; round < rounds; round++) {
  calls = 0;
  const begun = performance.now();
  const result = await runAction({ github, repository, pull, token, apiUrl });
  times.push(performance.now() - begun);
  if (result.outputs['breaking-count'] !== String(changed)) throw new Error(`the Action says:\n${result.stdout}`);
}
times.sort((a, b) => a - b);
console.log(
  `${changed} changed schemas among ${schemas.toLocaleString('en-US')}: median ${times[Math.floor(rounds / 2)]?.toFixed(0)} ms from start to end, ${calls} calls to the API`,
);
counter.close();
await github.close();
