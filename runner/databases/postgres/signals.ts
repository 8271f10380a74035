import type { Client } from 'pg';
import { planned } from './planned.ts';

/** How the database and the application on it are doing, as far as a copy should care. */
export interface Signals {
  /** Sessions of others in this database that did something within the last second. */
  readonly activeSessions: number;
  /** Seconds that the slowest replica is behind; 0 without replicas. */
  readonly replicationLag: number;
  /** Bytes of write-ahead log that the server has written so far. */
  readonly walBytes: number;
  /** Files of it that wait to be archived; 0 where nothing is archived. */
  readonly archiveBacklog: number;
  /** Seconds for which the oldest transaction of others has kept VACUUM from its work; 0 without any. */
  readonly oldestTransaction: number;
  /** Whether the table is being vacuumed. */
  readonly vacuuming: boolean;
}

/** `oid` of the table that is copied. Throws where the role may not see one of them. */
export async function readSignals(client: Client, oid: string): Promise<Signals> {
  const { rows } = await client.query<Omit<Signals, 'archiveBacklog'> & { archiving: boolean }>(
    planned(
      'signals',
      `SELECT
       (SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND NOT starts_with(application_name, 'sluice')
          AND (state = 'active' OR state_change > clock_timestamp() - interval '1 second')) AS "activeSessions",
       (SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::float8 FROM pg_stat_replication) AS "replicationLag",
       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS "walBytes",
       (SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float8 FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL))
         AS "oldestTransaction",
       EXISTS (SELECT FROM pg_stat_progress_vacuum WHERE relid = $1) AS vacuuming,
       current_setting('archive_mode') <> 'off' AS archiving`,
      [oid],
    ),
  );
  const [signals] = rows;
  if (signals === undefined) throw new Error('The database gave no signals.');
  const { archiving, ...others } = signals;
  return { ...others, archiveBacklog: archiving ? await countUnarchived(client) : 0 };
}

async function countUnarchived(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'",
  );
  return rows[0]?.count ?? 0;
}
