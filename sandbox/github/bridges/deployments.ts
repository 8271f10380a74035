import { answer, type Bridge, findRepo, matches, refusal, textOf } from '../emulation.ts';

interface DeploymentRow {
  readonly id: number;
  readonly repository: number;
  readonly sha: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string;
  /** Newest first. */
  readonly statuses: { readonly state: string; readonly description: string }[];
}

/** Deployments and their statuses, which the emulator lacks. An installation needs `deployments: write`. */
export const deployments: Bridge = (emulation, call, next) => {
  const path = matches(call, call.method, '/repos/:owner/:repo/deployments:rest*') ?? rootOf(call);
  if (!path) return next(call);
  const installation = call.holder?.installation;
  if (installation && installation.permissions['deployments'] === undefined)
    return Promise.resolve(refusal(403, 'Resource not accessible by integration'));
  const repo = findRepo(emulation.store, path['owner'], path['repo']);
  if (!repo) return Promise.resolve(refusal(404, 'Not Found'));
  const known = (emulation.notes.get('deployments') as DeploymentRow[] | undefined) ?? [];
  emulation.notes.set('deployments', known);
  const id = /^\/(\d+)\/statuses$/.exec(path['rest'] ?? '')?.[1];
  const row = known.find((one) => String(one.id) === id);
  if (id !== undefined && !row) return Promise.resolve(refusal(404, 'Not Found'));
  if (row && call.method === 'GET') return Promise.resolve(answer(200, row.statuses));
  const field = (name: string): string => textOf(call.body?.[name]);
  if (row) {
    row.statuses.unshift({ state: field('state'), description: field('description') });
    return Promise.resolve(answer(201, row.statuses[0]));
  }
  if (call.method === 'GET') {
    const asked = ['sha', 'task', 'environment'] as const;
    const fits = (one: DeploymentRow): boolean =>
      asked.every((name) => (call.query.get(name) ?? one[name]) === one[name]);
    return Promise.resolve(answer(200, known.filter((one) => one.repository === repo.id && fits(one)).reverse()));
  }
  const made: DeploymentRow = {
    id: known.length + 1,
    repository: repo.id,
    sha: field('ref'),
    task: field('task'),
    environment: field('environment'),
    description: field('description'),
    statuses: [],
  };
  known.push(made);
  return Promise.resolve(answer(201, made));
};

function rootOf(call: Parameters<Bridge>[1]): Record<string, string> | undefined {
  return matches(call, call.method, '/repos/:owner/:repo/deployments');
}
