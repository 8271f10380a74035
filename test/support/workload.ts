import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError, type Pool } from 'pg';

/** Clients that write to `claims` and, in the same transaction, the same to `twin`: what the one should be, the other tells. */
export interface Workload {
  /** Resolves after so many more committed transactions. Throws what a client met that it should not have. */
  more(transactions: number): Promise<void>;
  /** Ends after the transactions at work. Throws what a client met that it should not have. */
  stop(): Promise<void>;
}

/** Makes the twin of `claims`, as it is now. */
export async function createTwin(target: Pool): Promise<void> {
  await target.query('CREATE TABLE twin AS TABLE claims');
  await target.query('ALTER TABLE twin ADD PRIMARY KEY (id)');
}

/** Rows of `claims` that are not what the twin says, both ways; each side's `document` is seen through an SQL expression. */
export async function differences(target: Pool, expected = 'document', actual = 'document'): Promise<unknown[]> {
  const wanted = `SELECT id, (${expected})::text AS document, region FROM twin`;
  const found = `SELECT id, (${actual})::text AS document, region FROM claims`;
  const { rows } = await target.query(
    `(SELECT 'missing' AS kind, d.* FROM (${wanted} EXCEPT ALL ${found}) AS d)
     UNION ALL (SELECT 'surplus', d.* FROM (${found} EXCEPT ALL ${wanted}) AS d) LIMIT 20`,
  );
  return rows;
}

type Random = (below: number) => number;

/**
 * What clients do, in ways that need not know the version of the documents: the twin's row is always locked first, so both
 * tables see the same order of writes.
 */
const actions: readonly ((client: Client, random: Random, change: string) => Promise<void>)[] = [
  async function update(client, random, change) {
    const id = await pick(client, random);
    if (id === undefined) return;
    const note = JSON.stringify({ note: String(random(1e9)) });
    for (const table of ['twin', 'claims']) {
      await client.query(`UPDATE ${table} SET ${change} WHERE id = $1`, [id, note]);
    }
  },
  async function updateMany(client, random) {
    const ids = await pickMany(client, random, 20);
    const region = `region ${random(1e6)}`;
    for (const table of ['twin', 'claims']) {
      await client.query(`UPDATE ${table} SET region = $2 WHERE id = ANY ($1)`, [ids, region]);
    }
  },
  async function copy(client, random) {
    const id = await pick(client, random);
    if (id === undefined) return;
    const fresh = 1_000_000 + random(1e9);
    for (const table of ['twin', 'claims']) {
      await client.query(`CREATE TEMP TABLE again ON COMMIT DROP AS SELECT * FROM ${table} WHERE id = $1`, [id]);
      await client.query('UPDATE again SET id = $1', [fresh]);
      await client.query(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM again`);
      await client.query('DROP TABLE again');
    }
  },
  async function remove(client, random) {
    const ids = await pickMany(client, random, 3);
    for (const table of ['twin', 'claims']) await client.query(`DELETE FROM ${table} WHERE id = ANY ($1)`, [ids]);
  },
  async function changeKey(client, random) {
    const id = await pick(client, random);
    if (id === undefined) return;
    const fresh = 1_000_000 + random(1e9);
    for (const table of ['twin', 'claims']) {
      await client.query(`UPDATE ${table} SET id = $2 WHERE id = $1`, [id, fresh]);
    }
  },
  async function deleteAndInsertAgain(client, random) {
    const id = await pick(client, random);
    if (id === undefined) return;
    for (const table of ['twin', 'claims']) {
      await client.query(`CREATE TEMP TABLE again ON COMMIT DROP AS SELECT * FROM ${table} WHERE id = $1`, [id]);
      await client.query(`DELETE FROM ${table} WHERE id = $1`, [id]);
      await client.query(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM again`);
      await client.query('DROP TABLE again');
    }
  },
];

async function truncate(client: Client, random: Random): Promise<void> {
  await client.query('LOCK TABLE twin IN ACCESS EXCLUSIVE MODE');
  await client.query('LOCK TABLE claims IN ACCESS EXCLUSIVE MODE');
  const remainder = random(50);
  for (const table of ['twin', 'claims']) {
    await client.query(`CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM ${table} WHERE id % 50 <> ${remainder}`);
    await client.query(`TRUNCATE ${table}`);
    await client.query(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM kept`);
    await client.query('DROP TABLE kept');
  }
}

async function pick(client: Client, random: Random): Promise<string | undefined> {
  return (await pickMany(client, random, 1))[0];
}

async function pickMany(client: Client, random: Random, count: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM twin WHERE id >= (SELECT min(id) + $1 % (greatest(max(id), 1) + 1) FROM twin) ORDER BY id LIMIT $2 FOR UPDATE`,
    [random(2) === 0 ? random(30_000) : random(1e9), count],
  );
  return rows.map(({ id }) => id);
}

/** Deadlock, serialisation, and two copies with the same new key. */
const expected = new Set(['40P01', '40001', '23505']);

export async function startWorkload(
  url: string,
  options: {
    clients?: number;
    seed?: number;
    truncates?: boolean;
    /** What an update sets, in both versions; `$2` is an object with a note. */
    change?: string;
  } = {},
): Promise<Workload> {
  const { clients = 3, seed = 1, truncates = false, change = 'document = document || $2::jsonb' } = options;
  const state = { committed: 0, running: true };
  const failures: unknown[] = [];
  const work = Array.from({ length: clients }, (_, index) => runClient(index));

  async function runClient(index: number): Promise<void> {
    const random = randomFrom(seed * 1000 + index);
    const client = new Client({ connectionString: url, application_name: 'test-application' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      while (state.running) {
        const action = truncates && random(150) === 0 ? truncate : actions[random(actions.length)];
        await client.query('BEGIN');
        try {
          await action?.(client, random, change);
          await client.query('COMMIT');
          state.committed += 1;
        } catch (error) {
          await client.query('ROLLBACK');
          if (!(error instanceof DatabaseError && expected.has(error.code ?? ''))) throw error;
        }
      }
    } catch (error) {
      failures.push(error);
    } finally {
      await client.end();
    }
  }

  return {
    async more(transactions) {
      const goal = state.committed + transactions;
      while (state.committed < goal) {
        if (failures.length > 0) throw failures[0];
        await sleep(5);
      }
    },
    async stop() {
      state.running = false;
      await Promise.all(work);
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Mulberry32: the same numbers for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}
