import { InputError } from '../../core/input-error.ts';
import { git } from './git.ts';

/** The folder at the top of the clone that a folder is in. Throws `InputError` when it is in none, or git keeps no files there. */
export async function findRoot(folder: string): Promise<string> {
  const refused = (cause: unknown) => {
    // That git itself is missing is said already.
    if (!(cause instanceof InputError) || !cause.problem.startsWith('git rev-parse')) throw cause;
    const isForeign = cause.problem.includes('dubious ownership');
    throw isForeign ? cause : notAClone(cause);
  };
  return (await git(folder, ['rev-parse', '--show-toplevel']).catch(refused)).toString().trim();
}

function notAClone(cause: InputError): InputError {
  return new InputError('This folder is not in a clone with files', {
    remedy: 'Change to the clone that has the schemas, and run it there',
    cause,
  });
}
