import { type Assessment, assess } from '../../app/approval/assess.ts';
import { approvalFacts } from '../../app/approval/facts.ts';
import { rulingPolicy } from '../../app/approval/judge.ts';
import { noMemory } from '../../app/approval/memory.ts';
import { Recent } from '../../app/recent.ts';
import { type Explained, explain } from '../../core/approval/decide.ts';
import type { ApprovalPolicy } from '../../core/configuration/approval-policy.ts';
import { formatPlace, InputError } from '../../core/input-error.ts';
import type { Problem } from '../../core/review/review.ts';
import { connect } from '../../github/connect.ts';
import { mergeBase } from '../../github/merge-base.ts';
import type { Octokit, Repository } from '../../github/octokit.ts';
import { readPullRequest } from '../../github/pull-request.ts';
import { requestStatus } from '../../github/request-status.ts';

/** Where `sluice policy explain` asks. */
export interface Asked {
  readonly repository: Repository;
  readonly number: number;
  readonly token: string;
  readonly apiUrl: string | undefined;
  /** What the server of the App asks besides. */
  readonly floor: ApprovalPolicy | undefined;
}

/** `owner/name#7`; undefined for anything else. */
export function pullRequestNamed(
  text: string,
): { readonly repository: Repository; readonly number: number } | undefined {
  const [, owner, repo, number] = /^([\w.-]+)\/([\w.-]+)#([1-9]\d*)$/.exec(text) ?? [];
  return owner === undefined || repo === undefined
    ? undefined
    : { repository: { owner, repo }, number: Number(number) };
}

/** Decides about a pull request as the App would, by what GitHub says now. */
export async function explainPullRequest(
  asked: Asked,
): Promise<{ readonly explained: Explained; readonly policy: ApprovalPolicy }> {
  const octokit = connect({ token: asked.token, ...(asked.apiUrl === undefined ? {} : { baseUrl: asked.apiUrl }) });
  try {
    return await decideOver(octokit, asked);
  } catch (error) {
    const status = requestStatus(error);
    if (status === undefined) throw error;
    throw new InputError(
      `GitHub answers ${status} about ${asked.repository.owner}/${asked.repository.repo}#${asked.number}`,
      {
        remedy: 'Name a pull request that GITHUB_TOKEN may read; teams need a token that may read the organisation.',
        cause: error,
      },
    );
  }
}

async function decideOver(octokit: Octokit, { repository, number, floor }: Asked) {
  const context = { assessments: new Recent<Assessment>(20), floor };
  const pull = await readPullRequest(octokit, repository, number);
  if (pull.state === 'merged') {
    throw new InputError(`The pull request ${number} is merged`, { remedy: 'Name one that is open.' });
  }
  const baseCommit = pull.base.commit;
  const base = await mergeBase(octokit, repository, baseCommit, pull.head);
  const reviewed = await assess(context, octokit, repository, { policy: baseCommit, base, head: pull.head });
  if (reviewed.result === 'repair')
    throw new InputError('It mends the configuration and does nothing else', {
      remedy: 'No approval is needed for that.',
    });
  if (reviewed.result === 'unreadable') throw problemsOf(reviewed.problems);
  const ruling = await rulingPolicy(context, octokit, repository, reviewed.configuration.approval);
  if ('problems' in ruling) throw problemsOf(ruling.problems);
  const facts = approvalFacts(
    context,
    octokit,
    { repository, pull, reviewed, commit: pull.head, baseCommit },
    noMemory,
  );
  const { policy } = ruling;
  return { explained: await explain(policy, facts, reviewed.review.fingerprint), policy };
}

function problemsOf(problems: readonly Problem[]): InputError {
  const words = problems.map(({ place, problem, remedy }) => `${formatPlace(place)}: ${problem}. ${remedy}`);
  return new InputError('Nothing can be decided', { remedy: `\n${words.join('\n')}` });
}
