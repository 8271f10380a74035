import { isObject, type Json, type JsonObject, own } from '../../core/schema/json.ts';
import { withApp } from './bridges/app-bound-checks.ts';
import { withPullRequest } from './bridges/issues-of-pulls.ts';
import { type Emulation, textOf } from './emulation.ts';

/** A webhook's payload with what the emulator leaves out or writes differently. */
export function asGitHubSends(emulation: Emulation, payload: object): JsonObject {
  const sent = JSON.parse(JSON.stringify(payload)) as JsonObject;
  const part = (name: string): Json | undefined => own(sent, name);
  const review = part('review');
  const issue = part('issue');
  const run = part('check_run');
  const pull = part('pull_request');
  return {
    ...sent,
    ...(isObject(review) ? { review: { ...review, state: textOf(own(review, 'state')).toLowerCase() } } : {}),
    ...(issue === undefined ? {} : { issue: withPullRequest(emulation.store, issue) }),
    ...(run === undefined ? {} : { check_run: withApp(emulation, run) }),
    ...(isObject(pull) ? { number: own(pull, 'number') ?? null } : {}),
  };
}
