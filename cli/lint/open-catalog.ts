import { describeFailure } from '../../action/database/describe-failure.ts';
import { openCatalog } from '../../action/sql/open-catalog.ts';
import { InputError } from '../../core/input-error.ts';
import type { Catalog } from '../../core/sql/catalog/catalog.ts';
import { databaseVariable } from '../../runner/settings.ts';

/**
 * Reads the catalog of the database whose address is in the environment. Nothing is written and no table is read.
 * @throws InputError when there is no address, or the database does not answer
 */
export async function openNamedCatalog(name: string, environment: NodeJS.ProcessEnv): Promise<Catalog> {
  const variable = databaseVariable(name);
  const address = environment[variable];
  if (address === undefined || address === '') {
    throw new InputError(`There is no address for the database \`${name}\``, { remedy: `Set ${variable}.` });
  }
  try {
    return await openCatalog(address);
  } catch (error) {
    // The driver's own message may repeat the address, and with it a password.
    const reason = describeFailure(error);
    if (reason === undefined) throw error;
    throw new InputError(`The database \`${name}\` could not be read: ${reason}`, {
      remedy: `Check the address in ${variable}, and that its user may read the catalog.`,
    });
  }
}
