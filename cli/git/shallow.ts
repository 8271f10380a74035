import { git } from './git.ts';

/** Whether older commits were left out when the clone was made: then the oldest one that is there did not begin anything. */
export async function isShallow(root: string): Promise<boolean> {
  return (await git(root, ['rev-parse', '--is-shallow-repository'])).toString().trim() === 'true';
}
