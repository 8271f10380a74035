import type { Client } from 'pg';

/** How the database and the application on it are doing, as far as a copy should care. */
export interface Signals {
  /** Sessions of others in this database that did something within the last second. */
  readonly activeSessions: number;
  /** Seconds that the slowest replica is behind; 0 without replicas. */
  readonly replicationLag: number;
}

export async function readSignals(client: Client): Promise<Signals> {
  const { rows } = await client.query<Signals>(
    `SELECT
       (SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND NOT starts_with(application_name, 'sluice')
          AND (state = 'active' OR state_change > clock_timestamp() - interval '1 second')) AS "activeSessions",
       (SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::float8 FROM pg_stat_replication) AS "replicationLag"`,
  );
  const [signals] = rows;
  if (signals === undefined) throw new Error('The database gave no signals.');
  return signals;
}
