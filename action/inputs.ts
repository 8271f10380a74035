import { getInput } from '@actions/core';
import { InputError } from '../core/input-error.ts';

/** What the workflow file says to the Action, checked. */
export interface Inputs {
  readonly token: string;
  /** Path of the configuration, on the base branch. */
  readonly config: string;
  /** When to fail; undefined: as the configuration says. */
  readonly failOn: 'breaking' | 'never' | undefined;
  /** Address of the database that holds the records; a secret. */
  readonly databaseUrl: string | undefined;
  readonly showValues: boolean;
  /** Path of a SARIF file to write, from the workspace; undefined: none. */
  readonly sarif: string | undefined;
  /** What a run that was started by hand compares with; undefined: the default branch. */
  readonly base: string | undefined;
  /** Whether edits are suggested on the lines of a pull request. */
  readonly suggestions: boolean;
  /** Stored records on which a migration is tried; 0: none. */
  readonly rehearsalRecords: number;
}

/** Throws one `InputError` that names every input that is wrong. Values are not repeated: some are secrets. */
export function readInputs(): Inputs {
  const problems: string[] = [];
  const token = getInput('token') || (process.env['GITHUB_TOKEN'] ?? '');
  if (token === '') problems.push('`token` is missing; write `token: ${{ secrets.GITHUB_TOKEN }}`');
  const failOn = getInput('fail-on');
  if (!['', 'breaking', 'never'].includes(failOn)) problems.push('`fail-on` must be `breaking` or `never`');
  const showValues = getInput('show-values') || 'false';
  if (!/^(?:true|false)$/i.test(showValues)) problems.push('`show-values` must be `true` or `false`');
  const suggestions = getInput('suggestions') || 'true';
  if (!/^(?:true|false)$/i.test(suggestions)) problems.push('`suggestions` must be `true` or `false`');
  const config = getInput('config') || '.github/sluice.yml';
  if (config.startsWith('/') || config.split('/').includes('..')) {
    problems.push('`config` must be a path from the root of the repository');
  }
  const rehearsalRecords = getInput('rehearsal-records') || '1000';
  if (!/^\d{1,6}$/.test(rehearsalRecords)) problems.push('`rehearsal-records` must be a number from 0 to 999999');
  const base = getInput('base');
  // GitHub reads `a..b` and `a...b` as a range.
  if (/\.\.|[\s~^:?*[\\]/.test(base)) problems.push('`base` must be the name of a branch or a tag, or a commit');
  if (problems.length > 0) {
    throw new InputError(problems.join('; '), { remedy: 'Correct the `with:` part of the workflow step.' });
  }
  return {
    token,
    config,
    failOn: failOn === '' ? undefined : (failOn as 'breaking' | 'never'),
    databaseUrl: getInput('database-url') || undefined,
    showValues: showValues.toLowerCase() === 'true',
    suggestions: suggestions.toLowerCase() === 'true',
    sarif: getInput('sarif') || undefined,
    base: base === '' ? undefined : base,
    rehearsalRecords: Number(rehearsalRecords),
  };
}
