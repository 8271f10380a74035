import type { CatalogReader } from '../../core/sql/review-sql.ts';
import type { SqlSettings } from '../../core/sql/sql-settings.ts';
import { addressOf } from '../database/address.ts';
import { describeFailureOfStep } from '../database/describe-failure.ts';

/** Asks the database whose address the step was given, if any. A database that does not answer is no failure of the check. */
export function catalogReader(
  { database }: SqlSettings,
  options: {
    readonly databaseUrl: string | undefined;
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
): CatalogReader {
  return async () => {
    const address = addressOf(database, options.databaseUrl, options.environment);
    if (address === undefined) return undefined;
    try {
      const { openCatalog } = await import('../database/ask.ts');
      return await openCatalog(address);
    } catch (error) {
      const problem = describeFailureOfStep(error);
      if (problem === undefined) throw error;
      return { problem };
    }
  };
}
