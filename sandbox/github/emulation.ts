import type { Json, JsonObject } from '../../core/schema/json.ts';
import type { GitHubStore, RepoRow, TokenHolder, UserRow } from './store.ts';
import type { Webhooks } from './webhooks.ts';

/** What a bridge works with: the emulator's state, and the emulator as it is without bridges. */
export interface Emulation {
  /** Address that the emulator puts into its answers. */
  readonly url: string;
  readonly store: GitHubStore;
  readonly tokens: Map<string, TokenHolder>;
  readonly webhooks: Webhooks;
  /** State that only the bridges keep, by their own names. */
  readonly notes: Map<string, unknown>;
  /** A call as if it came over the network, through all bridges. */
  request(call: { method: string; path: string; token: string; body?: JsonObject }): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly data: Json;
}

/** A request with its body read. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: JsonObject | undefined;
  readonly token: string | undefined;
  readonly holder: TokenHolder | undefined;
}

/**
 * One difference between the emulator and GitHub, closed. A bridge answers by itself, or changes the call or the answer of `next`.
 */
export type Bridge = (emulation: Emulation, call: Call, next: (call: Call) => Promise<Response>) => Promise<Response>;

/** Parameters of a path such as `/repos/:owner/:repo/pulls/:number`, or undefined when the call is another. `*` matches the rest. */
export function matches(call: Call, method: string, pattern: string): Record<string, string> | undefined {
  if (call.method !== method) return undefined;
  const names: string[] = [];
  const source = pattern.replaceAll(/:(\w+)(\*?)/g, (_, name: string, rest: string) => {
    names.push(name);
    return rest === '*' ? '(.+)' : '([^/]+)';
  });
  const found = new RegExp(`^${source}$`).exec(call.path);
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
}

export function answer(status: number, data: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(data, { status, headers });
}

export function refusal(status: number, message: string): Response {
  return answer(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
}

/** A JSON string, or '' for anything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The same answer with another JSON body. */
export async function rewritten(response: Response, change: (data: Json) => unknown): Promise<Response> {
  if (!response.ok || !(response.headers.get('content-type') ?? '').includes('json')) return response;
  const data = change((await response.json()) as Json);
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(JSON.stringify(data), { status: response.status, headers });
}

export function findRepo(store: GitHubStore, owner: string | undefined, name: string | undefined): RepoRow | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  return store.repos.all().find((repo) => repo.full_name.toLowerCase() === wanted);
}

/** The person or bot behind a token. */
export function actorOf(emulation: Emulation, holder: TokenHolder): UserRow | undefined {
  if (!holder.installation) return emulation.store.users.findOneBy('login', holder.login);
  const app = emulation.store.apps.findOneBy('app_id', holder.installation.appId);
  return emulation.store.users.findOneBy('login', `${app?.slug ?? `app-${holder.installation.appId}`}[bot]`);
}
