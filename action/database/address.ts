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
  return environment[variableOf(database)] || undefined;
}

/** What to set so that there is an address. */
export function settingOf(database: string): string {
  return database === 'default' ? 'the input `database-url`' : `\`${variableOf(database)}\` in the \`env\` of the step`;
}

function variableOf(database: string): string {
  return `SLUICE_DATABASE_${database.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/** What pg would take for the name of a host or a file otherwise, and tell of. Throws an error without the address. */
export function checkAddress(address: string): string {
  if (/^(?:postgres(?:ql)?:\/\/|socket:|\/)/.test(address)) return address;
  throw Object.assign(new Error('Not the address of a PostgreSQL database'), { code: 'ERR_INVALID_URL' });
}
