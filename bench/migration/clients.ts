import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** Writing clients whose every statement is timed, in milliseconds. */
export interface Clients {
  /** Forgets what was measured so far. */
  reset(): void;
  readonly latencies: readonly number[];
  stop(): Promise<void>;
}

/** `pause`: milliseconds between two statements of a client; what the application does by itself must leave room for a copy. */
export async function startClients(url: string, count: number, rows: number, pause: number): Promise<Clients> {
  let running = true;
  let latencies: number[] = [];
  const work = Array.from({ length: count }, async () => {
    const client = new Client({ connectionString: url, application_name: 'bench-application' });
    await client.connect();
    for (let n = 0; running; n++) {
      const id = 1 + Math.floor(Math.random() * rows);
      const began = performance.now();
      if (n % 2 === 0) await client.query('SELECT document FROM claims WHERE id = $1', [id]);
      else await client.query('UPDATE claims SET region = $2 WHERE id = $1', [id, `region ${n % 7}`]);
      latencies.push(performance.now() - began);
      if (pause > 0) await sleep(pause);
    }
    await client.end();
  });
  await sleep(300);
  return {
    reset() {
      latencies = [];
    },
    get latencies() {
      return latencies;
    },
    async stop() {
      running = false;
      await Promise.all(work);
    },
  };
}
