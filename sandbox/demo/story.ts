import { listRuns } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { listVersions } from '../../registry/versions.ts';
import { runAction } from '../action.ts';
import type { LocalPullRequest } from '../github/pull-request.ts';
import type { CheckRunSeen } from '../github/repository.ts';
import { countFaults, startApplication } from './application.ts';
import { migration, migrationPath, schemaAfter, schemaPath, withoutPolicy } from './claims.ts';
import type { Narrator } from './narrator.ts';
import type { Stack } from './stack.ts';
import { expectThat, until } from './until.ts';

/**
 * The way of one breaking change from the pull request to the migrated table.
 * Throws `StoryFailed` at the first step that is not what it should be.
 */
export async function tellStory(stack: Stack, records: number, say: Narrator): Promise<Run> {
  say.chapter('A developer changes the schema, and says how stored claims follow');
  const pull = await proposeChange(stack);
  say.done(`pull request #${pull.number}: ${schemaPath} 2.8.0 → 3.0.0, with ${migrationPath}`);

  say.chapter('The Action checks the pull request');
  await checkPullRequest(stack, pull, say);

  say.chapter('Nothing runs without the right approval');
  await approve(pull, say);

  say.chapter('The merge starts the migration, while the application keeps writing');
  const application = await startApplication(stack.claims, records);
  const commit = await pull.merge('developer');
  say.done(`merged by developer as ${commit.slice(0, 7)}`);
  const [run, { writes, slowestMs, errors }] = await watchRun(stack, say).then(
    async (finished) => [finished, await application.stop()] as const,
    async (error: unknown) => {
      await application.stop();
      throw error;
    },
  );
  expectThat(errors.length === 0, `the application met ${errors.length} errors, the first: ${errors[0]}`);
  say.done(
    `meanwhile the application wrote ${writes.toLocaleString('en-US')} times without an error; its slowest write took ${slowestMs.toFixed(0)} ms`,
  );

  say.chapter('What is true now');
  await verify(stack, run, records, commit, say);
  return run;
}

async function proposeChange({ repository }: Stack): Promise<LocalPullRequest> {
  const title = 'Claims 3.0.0: amounts are numbers, every claim names its policy';
  const files = { [schemaPath]: schemaAfter, [migrationPath]: migration };
  await repository.commitFiles('claims-3', files, { by: 'developer', message: title });
  return repository.openPullRequest({ head: 'claims-3', title, by: 'developer' });
}

async function checkPullRequest(stack: Stack, pull: LocalPullRequest, say: Narrator): Promise<void> {
  const { github, repository, claimsUrl } = stack;
  const token = github.actionsToken(repository, { contents: 'read', pull_requests: 'write', checks: 'write' });
  const { exitCode, outputs, stdout } = await runAction({
    github,
    repository,
    pull,
    token,
    environment: { SLUICE_DATABASE_URL: claimsUrl },
  });
  expectThat(outputs['verdict'] === 'breaking', `the Action's verdict is not "breaking":\n${stdout}`);
  const [comment, ...others] = await pull.comments('developer');
  expectThat(comment !== undefined && others.length === 0, `the Action did not post exactly one comment:\n${stdout}`);
  expectThat(
    new RegExp(`\\b${withoutPolicy}\\b`).test(comment.body),
    `the comment does not count the ${withoutPolicy} claims without a policy`,
  );
  say.comment(comment.user.login, comment.body);
  say.done(
    `verdict ${outputs['verdict']}, ${outputs['breaking-count']} breaking changes; the check failed with exit code ${exitCode}`,
  );
}

async function approve(pull: LocalPullRequest, say: Narrator): Promise<void> {
  const check = await until('the check "Sluice / approval" waiting', () =>
    approvalCheck(pull, (run) => run.conclusion !== 'success'),
  );
  say.done(`the check "Sluice / approval" says: ${check.output.title}`);
  await pull.review('platform-engineer', 'APPROVE', 'Numbers at last.');
  say.done('platform-engineer, of @acme/platform, approves');
  const approved = await until('the approval counting', () =>
    approvalCheck(pull, (run) => run.conclusion === 'success'),
  );
  say.done(`the check "Sluice / approval" says: ${approved.output.title}`);
}

async function approvalCheck(
  pull: LocalPullRequest,
  is: (run: CheckRunSeen) => boolean,
): Promise<CheckRunSeen | undefined> {
  const runs = await pull.checkRuns('developer');
  return runs.find((run) => run.name === 'Sluice / approval' && run.output.title !== null && is(run));
}

async function watchRun({ registry }: Stack, say: Narrator): Promise<Run> {
  return until(
    'the migration finishing',
    async () => {
      const [run] = await listRuns(registry, { limit: 1 });
      if (run === undefined) return undefined;
      const stopped = run.error === undefined ? '' : `: ${run.error.message}`;
      expectThat(!['failed', 'cancelled', 'needs-attention'].includes(run.state), `the run has ${run.state}${stopped}`);
      if (run.progress !== undefined) {
        const { records, total, recordsPerSecond } = run.progress;
        const rate = recordsPerSecond > 0 ? ` · ${Math.round(recordsPerSecond).toLocaleString('en-US')} records/s` : '';
        say.progress(total === 0 ? 0 : records / total, `${run.state}${rate}`);
      }
      return run.state === 'reversing' ? run : undefined;
    },
    { seconds: 120, everyMs: 40 },
  );
}

async function verify(stack: Stack, run: Run, records: number, commit: string, say: Narrator): Promise<void> {
  const { claims, registry, repository } = stack;
  const faults = Object.entries(await countFaults(claims, records));
  expectThat(
    faults.every(([, count]) => count === 0),
    `the table is not as it should be: ${faults.map(([name, count]) => `${count} ${name}`).join(', ')}`,
  );
  say.done(`counted in the table: ${faults.map(([name]) => `0 ${name}`).join(', ')}`);

  const versions = await listVersions(registry, { repository: repository.fullName, schema: 'insurance-claim' });
  expectThat(
    versions.some(({ version }) => version === '3.0.0'),
    'version 3.0.0 is not published',
  );
  say.done('insurance-claim 3.0.0 is published in the registry');

  const check = await until('the migration check finishing', async () =>
    (await repository.checkRuns(commit, 'developer')).find(
      ({ name, conclusion }) => name.startsWith('Sluice / migration') && conclusion === 'success',
    ),
  );
  say.done(`the check "${check.name}" on ${commit.slice(0, 7)} says: ${check.output.title}`);
  say.done(
    `the old table and every write are kept for a day; \`sluice rollback ${run.id}\` puts it back without losing a write`,
  );
}
