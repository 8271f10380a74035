/** Why a database could not be read, without addresses, passwords or values. Undefined: not the database's doing. */
export function describeFailure(error: unknown): string | undefined {
  return explain(error)?.reason;
}

/** The same, and what whoever wrote the workflow can do about it. */
export function describeFailureOfStep(error: unknown): string | undefined {
  const found = explain(error);
  return found && `${found.reason}; ${found.remedy}`;
}

interface Explained {
  readonly reason: string;
  readonly remedy: string;
}

function explain(error: unknown): Explained | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') {
    if (code.startsWith('28')) return { reason: 'the database refused the user or the password', remedy: correct };
    if (code === '3D000') return { reason: 'the database of that name does not exist', remedy: correct };
    if (code === '42501') return { reason: 'the user may not read it', remedy: 'grant it the right to' };
    if (code === '57014' || code === '55P03') return { reason: 'reading took too long', remedy: again };
    if (/^[0-9A-Z]{5}$/.test(code)) {
      return { reason: `the database answered with error ${code}`, remedy: 'its log says more' };
    }
    if (code.startsWith('ERR_')) return unusable;
    if (/^E[A-Z]+/.test(code)) return { reason: `the database cannot be reached (${code})`, remedy: compare };
  }
  // pg has no code for these.
  if (/does not support ssl/i.test(error.message)) {
    return { reason: 'the database has no TLS, which its address asks for', remedy: 'change one of the two' };
  }
  if (/timeout|terminated|connection/i.test(error.message)) {
    return { reason: 'the database cannot be reached', remedy: compare };
  }
  return /invalid url|searchparams|ssl/i.test(error.message) ? unusable : undefined;
}

const unusable: Explained = {
  reason: 'the address of the database cannot be used',
  remedy: 'give it as a connection URI of PostgreSQL',
};
const correct = 'correct the address that the step is given';
const compare = 'compare the address that the step is given, and whether the job may connect there';
const again = 'run the job again when the database is less busy';
