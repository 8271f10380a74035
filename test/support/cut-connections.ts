import { Client, type Pool } from 'pg';
import { vi } from 'vitest';

export interface Cuts {
  /** Statements after which the connection was cut, each once, without what changes from run to run. */
  readonly cut: ReadonlySet<string>;
  restore(): void;
}

/**
 * Cuts the runner's connection at every statement that it sends, each the first time it is sent: `before` the server has it, or
 * `after` the server has done it, so that the runner never hears of it. `meanwhile` is done before each cut.
 */
export function cutConnections(
  target: Pool,
  when: 'before' | 'after',
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Cuts {
  const cut = new Set<string>();
  const send = Reflect.get(Client.prototype, 'query') as (this: Client, ...rest: unknown[]) => unknown;
  async function sendAndCut(this: Client, first: unknown, ...rest: unknown[]): Promise<unknown> {
    const pid = Reflect.get(this, 'processID') as number;
    const end = () => target.query('SELECT pg_terminate_backend($1, 10000)', [pid]);
    await meanwhile();
    if (when === 'before') {
      await end();
      return send.call(this, first, ...rest);
    }
    await send.call(this, first, ...rest);
    await end();
    return send.call(this, 'SELECT');
  }
  /** A COPY tells its sender itself how it ended; `after` is in the middle of its rows. */
  async function submitAndCut(this: Client, copy: object): Promise<void> {
    const pid = Reflect.get(this, 'processID') as number;
    await meanwhile();
    if (when === 'after') send.call(this, copy);
    await target.query('SELECT pg_terminate_backend($1, 10000)', [pid]);
    if (when === 'before') send.call(this, copy);
  }
  const spy = vi.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...sent: unknown[]) {
    const [first] = sent;
    const text = typeof first === 'string' ? first : textOf(first);
    const callback = sent.some((each) => typeof each === 'function');
    const parameters = Reflect.get(this, 'connectionParameters') as { application_name?: string };
    const statement = text?.replaceAll(/[0-9a-z]{10}|\d+/g, '…').replaceAll(/\s+/g, ' ');
    if (parameters.application_name !== 'sluice-runner' || callback || statement === undefined || cut.has(statement)) {
      return send.call(this, ...sent) as never;
    }
    cut.add(statement);
    if (typeof first === 'object' && first !== null && 'submit' in first) {
      void submitAndCut.call(this, first);
      return first as never;
    }
    return sendAndCut.call(this, first, ...sent.slice(1)) as never;
  });
  return { cut, restore: () => spy.mockRestore() };
}

function textOf(config: unknown): string | undefined {
  const text: unknown = typeof config === 'object' && config !== null ? Reflect.get(config, 'text') : undefined;
  return typeof text === 'string' ? text : undefined;
}
