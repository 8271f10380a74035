import { Client } from 'pg';

/** Marks our sessions in pg_stat_activity. */
export const applicationName = 'sluice-runner';

/**
 * One session on a target database. Names resolve in pg_catalog only, so every statement says which schema it means and
 * nobody's function or operator can stand in for a built-in one; and definitions that PostgreSQL prints name theirs.
 * What the role or the database has set otherwise must not matter: a commit that a crash could take back would make the
 * registry believe in a swap that never was.
 * Of a runner that reads no more (its machine is gone, or stands still) the server waits for no more than a minute: until then the rows that it was copying
 * cannot be deleted, and no other runner gets on.
 */
export async function connectTarget(url: string, onLost: (error: Error) => void = () => undefined): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // A connection that breaks between two statements: the next statement fails and is dealt with there.
  client.on('error', onLost);
  await client.connect();
  await client.query(
    `SELECT set_config('search_path', '', false), set_config('lock_timeout', '100ms', false),
       set_config('tcp_user_timeout', '60s', false), set_config('timezone', 'UTC', false), set_config('idle_in_transaction_session_timeout', '60s', false),
       set_config('row_security', 'off', false), set_config('jit', 'off', false), set_config('statement_timeout', '0', false),
       set_config('extra_float_digits', '1', false), set_config('intervalstyle', 'postgres', false),
       set_config('bytea_output', 'hex', false), set_config('datestyle', 'ISO', false),
       CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'local', false) END`,
  );
  return client;
}
