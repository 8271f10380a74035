import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { explain } from '../../core/approval/decide.ts';
import { policyHash } from '../../core/approval/policy-hash.ts';
import { writtenFacts } from '../../core/approval/written-facts.ts';
import { InputError } from '../../core/input-error.ts';
import { exitCode } from '../check/exit-code.ts';
import { explainPullRequest, pullRequestNamed } from '../policy/explain-pull-request.ts';
import { readFacts } from '../policy/read-facts.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { renderExplained } from '../policy/render-explained.ts';
import { renderResults, testPolicy } from '../policy/test-policy.ts';
import { refusingBadInput } from '../runs/open.ts';

interface Options {
  readonly format: 'text' | 'json';
  readonly policy?: string;
  readonly floor?: string;
}

/** `sluice policy`: what the approval policy asks, before it is asked. */
export function policyCommand(): Command {
  return new Command('policy')
    .description('Say what the approval policy asks of a pull request, and try a policy on cases.')
    .addCommand(explainCommand())
    .addCommand(testCommand());
}

const format = (): Option =>
  new Option('--format <format>', 'how to print the answer').choices(['text', 'json']).default('text');

function explainCommand(): Command {
  return new Command('explain')
    .description('Who would have to approve, who has, what does not count and why.')
    .argument('<pull request>', 'owner/name#number (with GITHUB_TOKEN), or a file with facts (YAML or JSON)')
    .option('--policy <file>', 'with a file of facts: the file with `approval:` (default: the default policy)')
    .option('--floor <file>', "the floor of the App's server, see SLUICE_APPROVAL_FLOOR")
    .addOption(format())
    .addHelpText(
      'after',
      '\nOpinions that were given as commands in comments are known to the App alone.\n\nExit codes: 0 approved or not needed, 1 not approved, 2 bad input.',
    )
    .action((named: string, options: Options) => refusingBadInput(() => runExplain(named, options)));
}

async function runExplain(named: string, options: Options): Promise<void> {
  const pull = pullRequestNamed(named);
  const { explained, policy } = pull ? await overGitHub(pull, options) : await overFile(named, options);
  const json = { ...explained, policyHash: policyHash(policy) };
  process.stdout.write(options.format === 'json' ? `${JSON.stringify(json, null, 2)}\n` : renderExplained(explained));
  const { state } = explained.decision;
  process.exitCode = state === 'approved' || state === 'not-needed' ? exitCode.compatible : exitCode.breaking;
}

async function overGitHub(pull: NonNullable<ReturnType<typeof pullRequestNamed>>, { policy, floor }: Options) {
  if (policy !== undefined) {
    throw new InputError('The policy of a pull request is the one of its base branch', {
      remedy: 'Leave --policy out.',
    });
  }
  const token = process.env['GITHUB_TOKEN'] ?? '';
  if (token === '')
    throw new InputError('GITHUB_TOKEN is missing', { remedy: 'Set it to a token that may read the repository.' });
  const apiUrl = process.env['GITHUB_API_URL'];
  return explainPullRequest({
    ...pull,
    token,
    apiUrl,
    floor: floor === undefined ? undefined : await readPolicy(floor, undefined),
  });
}

async function overFile(path: string, options: Options) {
  if (!existsSync(path)) {
    throw new InputError(`There is no file ${path}`, {
      remedy: 'Name a pull request as owner/name#7, or a file with facts.',
    });
  }
  const { facts, fingerprint } = writtenFacts(await readFacts(path));
  const policy = await readPolicy(options.policy, options.floor);
  return { explained: await explain(policy, facts, fingerprint), policy };
}

function testCommand(): Command {
  return new Command('test')
    .description('Decide the cases of a file by a policy, and compare with what they expect.')
    .argument(
      '<cases>',
      'a YAML file: `policy`, `teams`, `permissions`, and `cases` with name, schemas, reviews and expect',
    )
    .option('--policy <file>', 'the file with `approval:`, instead of the one that the cases name')
    .addOption(format())
    .addHelpText('after', '\nExit codes: 0 all as expected, 1 some are not, 2 bad input.')
    .action((path: string, options: Options) =>
      refusingBadInput(async () => {
        const results = await testPolicy(path, options.policy);
        process.stdout.write(
          options.format === 'json' ? `${JSON.stringify(results, null, 2)}\n` : renderResults(results),
        );
        process.exitCode = results.every(({ ok }) => ok) ? exitCode.compatible : exitCode.breaking;
      }),
    );
}
