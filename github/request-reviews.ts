import type { Octokit, Repository } from './octokit.ts';
import { requestStatus } from './request-status.ts';

export interface Reviewers {
  /** Logins. */
  readonly users: readonly string[];
  /** Slugs of teams of the repository's organisation. */
  readonly teams: readonly string[];
}

/**
 * Asks people and teams to review a pull request. Where GitHub refuses them together because it cannot ask one of them (nobody of that name,
 * no access), it is asked for each alone. Returns whom it could not ask.
 */
export async function requestReviewers(
  octokit: Octokit,
  repository: Repository,
  pull: number,
  { users, teams }: Reviewers,
): Promise<Reviewers> {
  const request = (reviewers: readonly string[], teamReviewers: readonly string[]) =>
    octokit.rest.pulls.requestReviewers({
      ...repository,
      pull_number: pull,
      reviewers: [...reviewers],
      team_reviewers: [...teamReviewers],
    });
  const refusing = async (asking: Promise<unknown>): Promise<boolean> => {
    try {
      await asking;
      return false;
    } catch (error) {
      if ([404, 422].includes(requestStatus(error) ?? 0)) return true;
      throw error;
    }
  };
  if (users.length + teams.length === 0 || !(await refusing(request(users, teams)))) return { users: [], teams: [] };
  if (users.length + teams.length === 1) return { users, teams };
  const refused = { users: [] as string[], teams: [] as string[] };
  for (const user of users) if (await refusing(request([user], []))) refused.users.push(user);
  for (const team of teams) if (await refusing(request([], [team]))) refused.teams.push(team);
  return refused;
}
