import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../core/schema/json.ts';
import type { LocalGitHub } from './github/github.ts';
import type { LocalPullRequest } from './github/pull-request.ts';
import type { LocalRepository } from './github/repository.ts';
import { packageRoot } from './root.ts';

export interface ActionRequest {
  readonly github: LocalGitHub;
  readonly repository: LocalRepository;
  readonly pull: LocalPullRequest;
  /** What the workflow has as GITHUB_TOKEN. */
  readonly token: string;
  /** The `with:` part of the step, besides the token. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The `env:` part of the step. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Address of the API when it is not the local GitHub's own: for a GitHub that misbehaves. */
  readonly apiUrl?: string;
  /** Changes the event's payload, as for a pull request from a fork. */
  readonly event?: (payload: JsonObject) => JsonObject;
}

export interface WorkflowAnnotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly title: string | undefined;
  readonly message: string;
}

export interface ActionResult {
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly annotations: readonly WorkflowAnnotation[];
  readonly stdout: string;
  readonly stderr: string;
  /** What was added to the page of the job, in markdown. */
  readonly summary: string;
  /** sluice-report.json, when it was written. */
  readonly report: JsonObject | undefined;
}

/** Runs the bundled Action as GitHub would for a pull request: a process of its own that knows only its environment and the API. */
export async function runAction(request: ActionRequest): Promise<ActionResult> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-action-'));
  try {
    const [event, output, summary] = ['event.json', 'output', 'summary.md'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(event, JSON.stringify(await payloadOf(request)));
    await Promise.all([writeFile(output, ''), writeFile(summary, '')]);
    const run = await runNode(join(packageRoot(), 'dist', 'index.cjs'), {
      ...inheritedEnvironment(),
      ...githubEnvironment(request),
      ...inputsOf({ token: request.token, ...request.inputs }),
      ...request.environment,
      GITHUB_EVENT_PATH: event,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: folder,
    });
    const outputs = readOutputs(await readFile(output, 'utf8'));
    const report = outputs['report'];
    return {
      ...run,
      outputs,
      annotations: readAnnotations(run.stdout),
      summary: await readFile(summary, 'utf8'),
      report: report ? (JSON.parse(await readFile(report, 'utf8')) as JsonObject) : undefined,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** GitHub's payload of a pull request event. The repository's owner reads the pull request on GitHub's behalf. */
async function payloadOf({ github, repository, pull, event }: ActionRequest): Promise<JsonObject> {
  const { status, data } = await github.emulator.request({
    method: 'GET',
    path: `/repos/${repository.fullName}/pulls/${pull.number}`,
    token: github.actionsToken(repository, { contents: 'read', pull_requests: 'read', metadata: 'read' }),
  });
  if (status !== 200) throw new Error(`pull request ${pull.number} cannot be read: ${status}`);
  const owner = { login: repository.owner };
  const payload = {
    action: 'synchronize',
    number: pull.number,
    pull_request: data as JsonObject,
    repository: { name: repository.name, full_name: repository.fullName, owner },
  };
  return event ? event(payload) : payload;
}

function githubEnvironment({ github, repository, apiUrl }: ActionRequest): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: apiUrl ?? github.url,
    GITHUB_GRAPHQL_URL: `${apiUrl ?? github.url}/graphql`,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REPOSITORY: repository.fullName,
    GITHUB_WORKFLOW: 'Sluice',
    GITHUB_JOB: 'schemas',
    GITHUB_RUN_ID: '1',
  };
}

/** A step sees the runner's machine, but nothing of ours that would change what it does. */
function inheritedEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}

function inputsOf(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

function runNode(
  script: string,
  env: Record<string, string>,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** `name<<delimiter`, the lines of the value, `delimiter`. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const match of text.matchAll(/^(.+?)<<(\S+)\r?\n([\s\S]*?)\r?\n?\2$/gm)) {
    outputs[match[1] ?? ''] = match[3] ?? '';
  }
  return outputs;
}

/** The workflow commands that make annotations; those between `stop-commands` and its end are only text, as they are to GitHub. */
function readAnnotations(stdout: string): WorkflowAnnotation[] {
  const annotations: WorkflowAnnotation[] = [];
  let stopped: string | undefined;
  for (const line of stdout.split(/\r?\n/)) {
    if (stopped !== undefined) {
      if (line === `::${stopped}::`) stopped = undefined;
      continue;
    }
    const [, command, properties = '', message = ''] = /^::([a-z-]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (command === 'stop-commands') stopped = message;
    if (command !== 'error' && command !== 'warning' && command !== 'notice') continue;
    const named = new Map(properties.split(',').map((pair): [string, string] => splitPair(pair)));
    const at = named.get('line');
    annotations.push({
      level: command,
      file: named.get('file'),
      line: at === undefined ? undefined : Number(at),
      title: named.get('title'),
      message: decode(message),
    });
  }
  return annotations;
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), decode(pair.slice(at + 1))];
}

function decode(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}
