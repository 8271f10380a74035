import { Pool, type PoolConfig } from 'pg';

/**
 * A pool whose `end` resolves when its connections are gone. That of pg resolves when it has said goodbye to them; a server that
 * is stopped next then answers with 57P01, as if something had broken.
 * @param report hears of connections that break while idle; without a listener Node would end the process for them
 */
export function openPool(config: PoolConfig, report: (error: Error) => void = () => undefined): Pool {
  const pool = new WaitingPool(config);
  pool.on('error', report);
  return pool;
}

/** Milliseconds: a server that cannot be reached any more never says goodbye. */
const longestWait = 2000;

class WaitingPool extends Pool {
  /** The connections that are being closed are among them, unlike in `totalCount`. */
  readonly #open = new Set<unknown>();

  constructor(config: PoolConfig) {
    super(config);
    this.on('connect', (client) => this.#open.add(client));
    this.on('remove', (client) => this.#open.delete(client));
  }

  override async end(callback?: () => void): Promise<void> {
    await super.end();
    await new Promise<void>((resolve) => {
      setTimeout(resolve, longestWait).unref();
      const check = (): void => {
        if (this.#open.size === 0) resolve();
      };
      this.on('remove', check);
      check();
    });
    callback?.();
  }
}
