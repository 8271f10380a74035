import { readFile } from 'node:fs/promises';
import { createEmulator } from 'emulate';
import type { JsonObject } from '../../core/schema/json.ts';
import { bridges } from './bridges/index.ts';
import type { Bridge, Call, Emulation } from './emulation.ts';
import { asGitHubSends } from './payloads.ts';
import type { GitHubStore, TokenHolder } from './store.ts';
import { Webhooks } from './webhooks.ts';

/** The parts of the emulator's GitHub plugin that it does not export: the version is pinned, and the tests of the bridges watch them. */
interface PluginModule {
  readonly githubPlugin: { register: Register };
  getGitHubStore(store: unknown): GitHubStore;
  seedFromConfig(store: unknown, url: string, config: object): void;
}

type Register = (
  app: Router,
  store: unknown,
  webhooks: Dispatcher,
  url: string,
  tokens: Map<string, TokenHolder>,
) => void;

interface Router {
  fetch: (request: Request) => Promise<Response>;
}

interface Dispatcher {
  dispatch(event: string, action: string | undefined, payload: object, owner: string, repo?: string): Promise<void>;
}

export interface Emulator extends Emulation {
  /** Adds users, organisations, repositories and Apps; what is there already stays as it is. */
  seed(config: object): void;
  close(): Promise<void>;
}

/** By address: `createEmulator` gives the plugin no way to hand anything back. */
const started = new Map<string, Emulation & { seed(config: object): void }>();
let plugin: Promise<PluginModule> | undefined;

/** Starts the emulator on a free port of this machine, with every bridge in place. */
export async function startEmulator(): Promise<Emulator> {
  plugin ??= loadPlugin();
  await plugin;
  const server = await createEmulator({ service: 'github', port: 0, seed: { tokens: {}, github: {} } });
  const emulation = started.get(server.url);
  if (!emulation) throw new Error('the emulator started without its bridges: its internals have changed');
  started.delete(server.url);
  return {
    ...emulation,
    async close() {
      await emulation.webhooks.close();
      await server.close();
    },
  };
}

async function loadPlugin(): Promise<PluginModule> {
  const entry = import.meta.resolve('emulate');
  const file = /load\(\) \{\s*const mod = await import\("(\.\/[^"]+)"\);\s*return \{\s*plugin: mod\.githubPlugin/.exec(
    await readFile(new URL(entry), 'utf8'),
  )?.[1];
  if (file === undefined) throw new Error('the emulator keeps its GitHub plugin elsewhere: its internals have changed');
  const module = (await import(new URL(file, entry).href)) as PluginModule;
  const register = module.githubPlugin.register.bind(module.githubPlugin);
  module.githubPlugin.register = (app, store, dispatcher, url, tokens) => {
    register(app, store, dispatcher, url, tokens);
    const github = module.getGitHubStore(store);
    const webhooks = new Webhooks(github);
    const emulation: Emulation = {
      url,
      store: github,
      tokens,
      webhooks,
      notes: new Map(),
      request: (call) => requestOver(app.fetch, url, call),
    };
    dispatcher.dispatch = (event, action, payload, owner, repo) => {
      webhooks.dispatch(event, action, asGitHubSends(emulation, payload), owner, repo);
      return Promise.resolve();
    };
    app.fetch = throughBridges(emulation, app.fetch);
    started.set(url, { ...emulation, seed: (config) => module.seedFromConfig(store, url, config) });
  };
  return module;
}

function throughBridges(emulation: Emulation, fetch: Router['fetch']): Router['fetch'] {
  const innermost = (call: Call): Promise<Response> => fetch(asRequest(emulation.url, call));
  const chain = bridges.reduceRight<(call: Call) => Promise<Response>>(
    (next, bridge: Bridge) => (call) => bridge(emulation, call, next),
    innermost,
  );
  return async (request) => chain(await asCall(emulation, request));
}

async function asCall(emulation: Emulation, request: Request): Promise<Call> {
  const url = new URL(request.url);
  const text = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text();
  const token = /^(?:bearer|token)\s+(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return {
    method: request.method,
    path: url.pathname.replace(/^\/api\/v3(?=\/)/, ''),
    query: url.searchParams,
    headers: request.headers,
    body: parsed(text),
    token,
    holder: token === undefined ? undefined : emulation.tokens.get(token),
  };
}

function parsed(text: string): JsonObject | undefined {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}

function asRequest(base: string, call: Call): Request {
  const url = new URL(call.path, base);
  url.search = call.query.toString();
  const headers = new Headers(call.headers);
  headers.delete('content-length');
  if (call.method === 'GET' || call.method === 'HEAD') return new Request(url, { method: call.method, headers });
  headers.set('content-type', 'application/json');
  // GitHub takes a PUT or POST without a body for one without fields; the emulator would answer 400.
  return new Request(url, { method: call.method, headers, body: JSON.stringify(call.body ?? {}) });
}

async function requestOver(
  fetch: Router['fetch'],
  base: string,
  call: { method: string; path: string; token: string; body?: JsonObject },
): ReturnType<Emulation['request']> {
  const headers = { authorization: `Bearer ${call.token}`, 'content-type': 'application/json' };
  const body = call.body === undefined ? null : JSON.stringify(call.body);
  const response = await fetch(new Request(new URL(call.path, base), { method: call.method, headers, body }));
  const text = await response.text();
  return { status: response.status, data: text === '' ? null : JSON.parse(text) };
}
