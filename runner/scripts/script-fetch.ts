/** What a script asks the outside for. */
export interface ScriptRequest {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type ScriptAnswer =
  | {
      readonly id: number;
      readonly response: {
        readonly status: number;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: string;
      };
    }
  | { readonly id: number; readonly failure: string };

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
const mostBytes = 1_000_000;

/**
 * Fetches for a script, from the hosts that the migration file declares and from no other: over https, without following
 * redirects, without cookies or credentials of the runner. A refusal is an answer, too: the script may go on.
 */
export async function fetchForScript(
  request: ScriptRequest,
  hosts: readonly string[],
  timeout: number,
  fetch: typeof globalThis.fetch,
): Promise<ScriptAnswer> {
  const { id, url, method, headers, body } = request;
  const refusal = refuse(url, method, hosts);
  if (refusal !== undefined) return { id, failure: refusal };
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      credentials: 'omit',
      signal: AbortSignal.timeout(timeout),
    });
    const text = await readText(response);
    if (text === undefined) return { id, failure: `The answer has more than ${mostBytes} bytes` };
    return { id, response: { status: response.status, headers: Object.fromEntries(response.headers), body: text } };
  } catch {
    // What went wrong may name addresses inside the runner's network.
    return { id, failure: 'The host cannot be reached' };
  }
}

function refuse(url: string, method: string, hosts: readonly string[]): string | undefined {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    return 'This is no address';
  }
  if (address.protocol !== 'https:') return 'A script fetches over https only';
  if (address.username !== '' || address.password !== '') return 'The address must not carry credentials';
  // The port of https is left out of an address, and may be left out of the file.
  const host = address.port === '' ? address.hostname : `${address.hostname}:${address.port}`;
  if (!hosts.some((declared) => declared.replace(/:443$/, '') === host))
    return 'The migration file does not declare this host';
  return methods.has(method) ? undefined : 'This method is not for scripts';
}

async function readText(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > mostBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
