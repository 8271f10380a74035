import type { Client } from 'pg';
import { waitForRunners } from './gate.ts';
import { Fenced } from './ledger.ts';
import { runnerSchema } from './names.ts';
import { planned } from './planned.ts';
import { transaction } from './transaction.ts';

/** A stretch of the key order that a runner has for itself: nobody else copies its records as long as its token is this. */
export interface HeldRange {
  readonly runId: string;
  readonly number: string;
  /** Its records come after this key (null: from the first), up to and including `end`. */
  readonly after: string | null;
  readonly end: string;
  readonly token: string;
}

/** Somebody else has the range by now, or all were called back: what was about to be committed must not be. */
export class Revoked extends Error {
  override readonly name = 'Revoked';
  constructor({ runId, number }: Pick<HeldRange, 'runId' | 'number'>) {
    super(`The range ${number} of the run ${runId} is not this runner's any more.`);
  }
}

/** Of whoever has given no sign for so long, by the clock of the server, anybody may take over. */
const staleAfter = "interval '30 seconds'";
const isStale = `beat < clock_timestamp() - ${staleAfter}`;

/** A database where no run was ever shared has no such tables, and a ledger made by an older runner neither. */
export async function hasRanges(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ ready: boolean }>(
    planned('has ranges', `SELECT to_regclass('${runnerSchema}.ranges') IS NOT NULL AS ready`),
  );
  return rows[0]?.ready === true;
}

/** Makes the tables where they are missing: `ranges`, and `lanes` with a row for each run whose ranges anybody may take. */
export async function ensureRanges(client: Client): Promise<void> {
  if (await hasRanges(client)) return;
  await transaction(client, async () => {
    await client.query(`
      SELECT pg_advisory_xact_lock(hashtextextended('${runnerSchema}', 0));
      CREATE TABLE IF NOT EXISTS ${runnerSchema}.lanes (run_id text PRIMARY KEY);
      CREATE TABLE IF NOT EXISTS ${runnerSchema}.ranges (
        run_id text NOT NULL,
        number bigint NOT NULL,
        after text,
        "end" text NOT NULL,
        -- Key of the last record that was copied.
        checkpoint text,
        copied bigint NOT NULL DEFAULT 0,
        batches bigint NOT NULL DEFAULT 0,
        done boolean NOT NULL DEFAULT false,
        -- Grows with each holder: who has an older one must not write.
        token bigint NOT NULL DEFAULT 0,
        holder text,
        beat timestamptz,
        -- Only for the runner that has the run: another has met something there that it could not deal with.
        alone boolean NOT NULL DEFAULT false,
        PRIMARY KEY (run_id, number)
      )`);
  });
}

/** Adds the range behind all others. In the transaction that moves the ledger's checkpoint to its end. Returns its number. */
export async function addRange(client: Client, runId: string, after: string | null, end: string): Promise<string> {
  const { rows } = await client.query<{ number: string }>(
    `INSERT INTO ${runnerSchema}.ranges (run_id, number, after, "end")
     SELECT $1, coalesce(max(number), 0) + 1, $2, $3 FROM ${runnerSchema}.ranges WHERE run_id = $1 RETURNING number`,
    [runId, after, end],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The range got no number.');
  return row.number;
}

/** From now on anybody may take a range. In a transaction that has checked the fence. */
export async function openLanes(client: Client, runId: string): Promise<void> {
  await client.query(`INSERT INTO ${runnerSchema}.lanes VALUES ($1) ON CONFLICT DO NOTHING`, [runId]);
}

/**
 * Takes all ranges of a run away from whoever has them. Waits for the batches that are being committed; every later one fails, and nobody takes a range until
 * the lanes are opened again. In a transaction that waits for other runners (`waitForRunners`).
 */
export async function closeLanes(client: Client, runId: string): Promise<void> {
  await client.query(`DELETE FROM ${runnerSchema}.lanes WHERE run_id = $1`, [runId]);
  await client.query(
    `UPDATE ${runnerSchema}.ranges SET token = token + 1, holder = NULL WHERE run_id = $1 AND NOT done`,
    [runId],
  );
}

/** Forgets the ranges of a run, done or not. In the transaction of what makes them needless, after the lanes were closed. */
export async function dropRanges(client: Client, runId: string): Promise<Copied & Pick<Survey, 'left'>> {
  const { rows } = await client.query<Copied & Pick<Survey, 'left'>>(
    `WITH gone AS (DELETE FROM ${runnerSchema}.ranges WHERE run_id = $1 RETURNING copied, batches, done)
     SELECT coalesce(sum(copied), 0)::float8 AS copied, coalesce(sum(batches), 0)::float8 AS batches,
       (count(*) FILTER (WHERE NOT done))::int AS left FROM gone`,
    [runId],
  );
  return rows[0] ?? { copied: 0, batches: 0, left: 0 };
}

export interface Copied {
  readonly copied: number;
  readonly batches: number;
}

/** Who asks for a range: whoever has the run, under its epoch, or another runner as long as the lanes are open. */
export interface Claimant {
  readonly runId: string;
  /** What the ledger shows people of it. */
  readonly holder: string;
  readonly epoch?: string | undefined;
}

/**
 * Takes the first range that is free. Undefined: none is. Throws `Fenced` when another runner has taken over the run that was this one's, and `LanesClosed`
 * where another runner is not asked for.
 */
export async function claimRange(client: Client, claimant: Claimant): Promise<HeldRange | undefined> {
  const { runId, holder, epoch } = claimant;
  return transaction(
    client,
    async () => {
      if (!(await mayClaim(client, claimant))) throw epoch === undefined ? new LanesClosed(runId) : new Fenced(runId);
      const { rows } = await client.query<HeldRange>(
        `UPDATE ${runnerSchema}.ranges SET token = token + 1, holder = $2, beat = clock_timestamp()
         WHERE run_id = $1 AND number = (
           SELECT number FROM ${runnerSchema}.ranges
           WHERE run_id = $1 AND NOT done AND (holder IS NULL OR ${isStale}) ${epoch === undefined ? 'AND NOT alone' : ''}
           ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING run_id AS "runId", number, coalesce(checkpoint, after) AS after, "end", token`,
        [runId, holder],
      );
      return rows[0];
    },
    // Should the server crash, every session that could have had the range is gone with what it claimed.
    { first: waitForRunners, lazily: true },
  );
}

/** The lanes are closed: there is nothing to copy for any but the runner that has the run. */
export class LanesClosed extends Error {
  override readonly name = 'LanesClosed';
  constructor(runId: string) {
    super(`The run ${runId} asks for no other runner.`);
  }
}

/** Until the end of the transaction it stays so. */
async function mayClaim(client: Client, { runId, epoch }: Claimant): Promise<boolean> {
  const { rowCount } =
    epoch === undefined
      ? await client.query(
          `SELECT 1 FROM ${runnerSchema}.lanes JOIN ${runnerSchema}.ledger USING (run_id)
           WHERE run_id = $1 AND phase = 'capturing' FOR SHARE OF lanes`,
          [runId],
        )
      : await client.query(
          `SELECT 1 FROM ${runnerSchema}.ledger WHERE run_id = $1 AND epoch = $2 AND phase = 'capturing' FOR SHARE`,
          [runId, epoch],
        );
  return rowCount === 1;
}

/**
 * Notes a batch in its own transaction, before its rows: whoever has taken the range over waits for them, and whoever has lost it gets `Revoked` and writes
 * none. Returns the range as it is behind the batch.
 */
export async function noteBatch(
  client: Client,
  range: HeldRange,
  batch: { readonly end: string | null; readonly records: number; readonly done: boolean },
): Promise<HeldRange> {
  const checkpoint = batch.end ?? range.after;
  const { rowCount } = await client.query(
    planned(
      'range batch',
      `UPDATE ${runnerSchema}.ranges SET checkpoint = $4, copied = copied + $5, batches = batches + $6, done = $7,
         beat = clock_timestamp()
       WHERE run_id = $1 AND number = $2 AND token = $3 AND NOT done`,
      [
        range.runId,
        range.number,
        range.token,
        checkpoint,
        String(batch.records),
        batch.records === 0 ? '0' : '1',
        String(batch.done),
      ],
    ),
  );
  if (rowCount !== 1) throw new Revoked(range);
  return { ...range, after: checkpoint };
}

/** A sign of life while the copy stands still. Throws `Revoked`. */
export async function beat(client: Client, { runId, number, token }: HeldRange): Promise<void> {
  const { rowCount } = await client.query(
    planned(
      'range beat',
      `UPDATE ${runnerSchema}.ranges SET beat = clock_timestamp() WHERE run_id = $1 AND number = $2 AND token = $3 AND NOT done`,
      [runId, number, token],
    ),
  );
  if (rowCount !== 1) throw new Revoked({ runId, number });
}

/** Gives a range back, from where its last batch ended. `alone`: only the runner that has the run is to take it. */
export async function releaseRange(client: Client, { runId, number, token }: HeldRange, alone = false): Promise<void> {
  await client.query(
    `UPDATE ${runnerSchema}.ranges SET token = token + 1, holder = NULL, alone = alone OR $4
     WHERE run_id = $1 AND number = $2 AND token = $3 AND NOT done`,
    [runId, number, token, alone],
  );
}

/** Where the ranges of a run are. */
export interface Survey extends Copied {
  readonly all: number;
  /** Those that are not done. */
  readonly left: number;
  /** Those of them that nobody has. */
  readonly free: number;
  /** How many others than `holder` are at work. */
  readonly others: number;
}

export async function surveyRanges(client: Client, runId: string, holder: string): Promise<Survey> {
  const { rows } = await client.query<Survey>(
    planned(
      'survey ranges',
      `SELECT coalesce(sum(copied), 0)::float8 AS copied, coalesce(sum(batches), 0)::float8 AS batches,
         count(*)::int AS all, (count(*) FILTER (WHERE NOT done))::int AS left,
         (count(*) FILTER (WHERE NOT done AND (holder IS NULL OR ${isStale})))::int AS free,
         (count(DISTINCT holder) FILTER (WHERE NOT done AND holder <> $2 AND NOT ${isStale}))::int AS others
       FROM ${runnerSchema}.ranges WHERE run_id = $1`,
      [runId, holder],
    ),
  );
  return rows[0] ?? { copied: 0, batches: 0, all: 0, left: 0, free: 0, others: 0 };
}
