import { isObject, type Json, own } from '../../../core/schema/json.ts';
import { type Bridge, matches, rewritten, textOf } from '../emulation.ts';
import type { GitHubStore } from '../store.ts';

/** `issue.pull_request`: present when the issue is a pull request, which is how an App tells a comment on one from the other. */
export const issuesOfPulls: Bridge = async (emulation, call, next) => {
  if (matches(call, 'GET', '/repos/:owner/:repo/issues')) {
    return rewritten(await next(call), (issues) =>
      Array.isArray(issues) ? issues.map((issue: Json) => withPullRequest(emulation.store, issue)) : issues,
    );
  }
  if (matches(call, 'GET', '/repos/:owner/:repo/issues/:number')) {
    return rewritten(await next(call), (issue) => withPullRequest(emulation.store, issue));
  }
  return next(call);
};

export function withPullRequest(store: GitHubStore, issue: Json): Json {
  if (!isObject(issue) || store.issues.get(Number(own(issue, 'id')))?.is_pull_request !== true) return issue;
  const url = textOf(own(issue, 'url')).replace('/issues/', '/pulls/');
  return { ...issue, pull_request: { url, html_url: textOf(own(issue, 'html_url')).replace('/issues/', '/pull/') } };
}
