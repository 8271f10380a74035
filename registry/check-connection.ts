import { Client } from 'pg';
import { InputError } from '../core/input-error.ts';

/**
 * Connects once and says in words why that does not work. Throws `InputError`; names host and database, never the password.
 * `variable`: the environment variable that holds the address.
 */
export async function checkConnection(url: string, variable: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    throw explain(error, url, variable);
  }
}

function explain(error: unknown, url: string, variable: string): InputError {
  const { host, database, user } = partsOf(url);
  const code = (error as { code?: unknown }).code;
  switch (code) {
    case '28P01':
    case '28000':
      return new InputError(`The server at ${host} refuses the role ${user} or its password`, {
        remedy: `Correct ${variable}.`,
        cause: error,
      });
    case '3D000':
      return new InputError(`The server at ${host} has no database ${database}`, {
        remedy: `Create it, or correct ${variable}.`,
        cause: error,
      });
    default:
      return new InputError(`No database answers at ${host}${typeof code === 'string' ? ` (${code})` : ''}`, {
        remedy: `Start it, or correct ${variable}.`,
        cause: error,
      });
  }
}

function partsOf(url: string): { host: string; database: string; user: string } {
  try {
    const { host, pathname, username } = new URL(url);
    return { host, database: decodeURIComponent(pathname.slice(1)), user: decodeURIComponent(username) };
  } catch {
    return { host: 'that address', database: '', user: '' };
  }
}
