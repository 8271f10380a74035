/**
 * The address of a database by its logical name, from the step's input (for `default`) or from the variables that the runner reads too:
 * SLUICE_DATABASE_URL for `default`, SLUICE_DATABASE_BILLING_EU for `billing-eu`.
 */
export function addressOf(
  database: string,
  input: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (database === 'default') return input ?? (environment['SLUICE_DATABASE_URL'] || undefined);
  return environment[`SLUICE_DATABASE_${database.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`] || undefined;
}
