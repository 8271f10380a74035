import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

export interface Writers {
  /** Milliseconds of the updates since the last time it was asked, answered ones and those under way. */
  latencies(): number[];
  stop(): Promise<void>;
}

/** Clients that update one random record after another, each with a breath in between, as applications do. */
export async function startWriters(url: string, records: number, clients = 4, breath = 4): Promise<Writers> {
  let taken: number[] = [];
  const stop = new AbortController();
  const work = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString: url, application_name: 'bench-application' });
      await client.connect();
      return { client };
    }),
  );
  const ended = work.map(async ({ client }) => {
    while (!stop.signal.aborted) {
      const id = 1 + Math.floor(Math.random() * records);
      const start = performance.now();
      await client.query(`UPDATE claims SET document = document || '{"note": "written"}' WHERE id = $1`, [id]);
      taken.push(performance.now() - start);
      await sleep(breath);
    }
    await client.end();
  });
  return {
    latencies() {
      const all = taken;
      taken = [];
      return all;
    },
    async stop() {
      stop.abort();
      await Promise.all(ended);
    },
  };
}
