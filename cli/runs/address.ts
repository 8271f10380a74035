import { InputError } from '../../core/input-error.ts';
import { databaseVariable, readDatabase } from '../../runner/settings.ts';

/** The address of a database by its logical name. Throws `InputError` when the environment has none. */
export function addressOf(database: string): string {
  const url = readDatabase(process.env, database);
  if (url !== undefined) return url;
  throw new InputError(`The address of the database ${database} is not known here`, {
    remedy: `Set ${databaseVariable(database)}.`,
  });
}
