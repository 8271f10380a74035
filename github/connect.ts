import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit as RestOctokit } from '@octokit/rest';
import type { Octokit } from './octokit.ts';

const Patient = RestOctokit.plugin(retry, throttling);

/** How often a call is repeated when GitHub says "too many". */
const mostRepeats = 3;

/** In place of the limiters that pace writes; the one for all requests, and waiting when GitHub says so, stay. */
const passing = { key: () => ({ schedule: (_options: object, run: () => Promise<void>) => run() }) };
const unhindered = { write: passing, notifications: passing };

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * An Octokit that waits when GitHub asks it to and repeats what failed on GitHub's side.
 * @param options.baseUrl address of the API, for GitHub Enterprise Server and for tests
 * @param options.patient false in tests: fail at once instead of waiting
 * @param options.fewWrites for a process that writes a few times in its life: no second of pause between two writes (GraphQL counts as one)
 */
export function connect(options: { token: string; baseUrl?: string; patient?: boolean; fewWrites?: boolean }): Octokit {
  const again = (_after: number, _request: object, _octokit: object, repeats: number): boolean => repeats < mostRepeats;
  const enabled = options.patient ?? true;
  return new Patient({
    auth: options.token,
    userAgent: 'sluice',
    // Octokit logs every failed request with its address; callers report failures in their own words.
    log: silent,
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
    throttle: {
      enabled,
      onRateLimit: again,
      onSecondaryRateLimit: again,
      ...(options.fewWrites ? (unhindered as object) : {}),
    },
    retry: { enabled },
  });
}
