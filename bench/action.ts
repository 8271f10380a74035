import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAction } from '../sandbox/action.ts';
import { startGitHub } from '../sandbox/github/github.ts';
import { packageRoot } from '../sandbox/root.ts';
import { startMeter } from './meter.ts';

/**
 * `npm run bench:action`: the whole process of the bundled Action, from start to verdict, for 20 changed schemas among 2,000, against the
 * GitHub of this machine. Prints the bundle's size, times, and calls to the API.
 */
const schemas = 2_000;
const changed = 20;
const rounds = 7;

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

const meter = await startMeter(github.url);
const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
const [hook, cpu] = [join(folder, 'hook.cjs'), join(folder, 'cpu')];
await writeFile(
  hook,
  `process.on('exit', () => { const { user, system } = process.cpuUsage(); require('node:fs').writeFileSync(${JSON.stringify(cpu)}, String((user + system) / 1000)); });`,
);
const environment = { NODE_OPTIONS: `--require ${hook}` };

const measured: { wall: number; waiting: number; cpu: number; calls: number }[] = [];
for (let round = 0; round < rounds; round++) {
  meter.reset();
  const begun = performance.now();
  const result = await runAction({ github, repository, pull, token, apiUrl: meter.url, environment });
  const wall = performance.now() - begun;
  if (result.outputs['breaking-count'] !== String(changed)) throw new Error(`the Action says:\n${result.stdout}`);
  measured.push({ wall, waiting: meter.busy(), cpu: Number(await readFile(cpu, 'utf8')), calls: meter.calls() });
}
// The first round writes the comment, and warms the machine; the others bring it up to date.
const later = measured.slice(1);
const middle = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
const of = (name: keyof (typeof measured)[number]): number => middle(later.map((each) => each[name]));
const { size } = await stat(join(packageRoot(), 'dist', 'index.cjs'));
console.log(`${changed} changed schemas among ${schemas.toLocaleString('en-US')}, median of ${later.length} runs:
  bundle                 ${(size / 1e6).toFixed(2)} MB
  start to end           ${of('wall').toFixed(0)} ms
    waiting for GitHub's emulator on this machine  ${of('waiting').toFixed(0)} ms
    processor time of the Action                   ${of('cpu').toFixed(0)} ms
  calls to the API       ${of('calls')}, ${(of('calls') / changed).toFixed(1)} per changed schema`);
await rm(folder, { recursive: true });
await meter.close();
await github.close();
