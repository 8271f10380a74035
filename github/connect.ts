import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit as RestOctokit } from '@octokit/rest';
import type { Octokit } from './octokit.ts';

const Patient = RestOctokit.plugin(retry, throttling);

/** How often a call is repeated when GitHub says "too many". */
const mostRepeats = 3;

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * An Octokit that waits when GitHub asks it to and repeats what failed on GitHub's side.
 * @param options.baseUrl address of the API, for GitHub Enterprise Server and for tests
 * @param options.patient false in tests: fail at once instead of waiting
 */
export function connect(options: { token: string; baseUrl?: string; patient?: boolean }): Octokit {
  const again = (_after: number, _request: object, _octokit: object, repeats: number): boolean => repeats < mostRepeats;
  const enabled = options.patient ?? true;
  return new Patient({
    auth: options.token,
    userAgent: 'sluice',
    // Octokit logs every failed request with its address; callers report failures in their own words.
    log: silent,
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
    throttle: { enabled, onRateLimit: again, onSecondaryRateLimit: again },
    retry: { enabled },
  });
}
