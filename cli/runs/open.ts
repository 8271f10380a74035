import { DatabaseError, type Pool } from 'pg';
import { InputError } from '../../core/input-error.ts';
import { checkConnection } from '../../registry/check-connection.ts';
import { openRegistry } from '../../registry/database.ts';
import { holdsRegistry } from '../../registry/holds-registry.ts';
import { migrateRegistry } from '../../registry/migrate.ts';
import { describeError, isTransient, StepFailed } from '../../runner/errors.ts';
import { Busy } from '../../runner/session.ts';
import { exitCode } from '../check/exit-code.ts';

/** Runs an action with the registry that SLUICE_REGISTRY_URL names. */
export async function withRegistry(
  action: (registry: Pool) => Promise<unknown>,
  /** What can be done where no registry answers. */
  otherwise?: string,
): Promise<void> {
  await refusingBadInput(async () => {
    const url = process.env['SLUICE_REGISTRY_URL'] ?? '';
    if (url === '') {
      throw new InputError('SLUICE_REGISTRY_URL is missing', {
        remedy: 'Set it to the PostgreSQL address of the registry.',
      });
    }
    try {
      await checkConnection(url, 'SLUICE_REGISTRY_URL');
    } catch (error) {
      if (otherwise !== undefined) process.stderr.write(`${otherwise}\n`);
      throw error;
    }
    const registry = openRegistry(url, { max: 3 });
    try {
      // Looking must not write: the address may be that of another database.
      if (!(await holdsRegistry(registry))) {
        throw new InputError('This database holds no registry', {
          remedy: 'Correct SLUICE_REGISTRY_URL. `sluice app` and `sluice runner` make a registry where they start.',
        });
      }
      await migrateRegistry(registry);
      await action(registry);
    } finally {
      await registry.end();
    }
  });
}

/** Bad input is said on stderr and ends with code 2; a database that does not do what it should, with code 1. */
export async function refusingBadInput(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (error instanceof InputError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = exitCode.badInput;
      return;
    }
    if (!isOfDatabase(error)) throw error;
    const { message, remedy = '' } = describeError(error);
    process.stderr.write(`${error instanceof Busy ? error.message : `${message} ${remedy}`.trimEnd()}\n`);
    process.exitCode = exitCode.breaking;
  }
}

/** Expected at night: for these nobody needs to see where in the code they came up. */
function isOfDatabase(error: unknown): boolean {
  return isTransient(error) || error instanceof DatabaseError || error instanceof StepFailed || error instanceof Busy;
}
