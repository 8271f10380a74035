/** Why a database could not be read, without addresses, passwords or values. Undefined: not the database's doing. */
export function describeFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') {
    if (code.startsWith('28')) return 'the database refused the user or the password';
    if (code === '3D000') return 'the database of that name does not exist';
    if (code === '42501') return 'the user may not read it';
    if (code === '57014' || code === '55P03') return 'reading took too long';
    if (/^[0-9A-Z]{5}$/.test(code)) return `the database answered with error ${code}`;
    if (code.startsWith('ERR_')) return 'the address of the database cannot be used';
    if (/^E[A-Z]+/.test(code)) return `the database cannot be reached (${code})`;
  }
  // pg has no code for these.
  if (/timeout|terminated|connection/i.test(error.message)) return 'the database cannot be reached';
  return /invalid url|searchparams|ssl/i.test(error.message) ? 'the address of the database cannot be used' : undefined;
}
