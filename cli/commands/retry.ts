import { Command } from 'commander';
import type { Pool } from 'pg';
import { InputError } from '../../core/input-error.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { retryRun } from '../../registry/runs/create.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { retryQuarantined } from '../../runner/retry-quarantined.ts';
import { exitCode } from '../check/exit-code.ts';
import { addressOf } from '../runs/address.ts';
import { withRegistry } from '../runs/open.ts';

/** `sluice retry`: the same order again, once what stopped it is corrected; or what it has set aside, alone. */
export function retryCommand(): Command {
  return new Command('retry')
    .description(
      'Order a run again that failed, was called off or was rolled back; or try what a run has set aside once more, alone.',
    )
    .argument('<run>', 'id of the run')
    .option('--dry-run', 'rehearse: everything but the swap, and then drop what was made', false)
    .addHelpText(
      'after',
      '\nNeeds SLUICE_REGISTRY_URL; after a cutover also the address of the database (SLUICE_DATABASE_URL or SLUICE_DATABASE_<NAME>).\n\nExit codes: 0 ordered, or nothing is set aside any more; 1 some records still are; 2 the run cannot be ordered again, or bad input.',
    )
    .action((runId: string, options: { dryRun: boolean }) =>
      withRegistry((registry) => retry(registry, runId, options.dryRun)),
    );
}

async function retry(registry: Pool, runId: string, dryRun: boolean): Promise<void> {
  const run = await readRun(registry, runId);
  if (run?.state === 'reversing' || run?.state === 'completed') return retryRecords(registry, run);
  await inTransaction(registry, async (db) => {
    const id = await retryRun(db, runId, dryRun);
    if (run === undefined || id === undefined) {
      throw new InputError(`The run ${runId} cannot be ordered again`, {
        remedy: 'Only a run that failed, was called off or was rolled back can, and only once.',
      });
    }
    const { repository } = run;
    await appendEvent(db, {
      kind: 'run.ordered-again',
      repository,
      actor: 'operator',
      subject: id,
      data: { of: runId },
    });
    process.stdout.write(`Ordered as run ${id}.\n`);
  });
}

async function retryRecords(registry: Pool, run: Run): Promise<void> {
  const result = await retryQuarantined(addressOf(run.target.database), run);
  if (result === undefined) {
    process.stdout.write('Nothing of this run is set aside.\n');
    return;
  }
  const { moved, leftCount, left } = result;
  const { id: subject, repository } = run;
  await appendEvent(registry, {
    kind: 'run.records-retried',
    repository,
    actor: 'operator',
    subject,
    data: { moved, left: leftCount },
  });
  const lines = [
    `${moved} records are in the table now, valid under the new version; ${leftCount} are still set aside.`,
    ...left.map(({ key, pointer, reason }) => `  ${key}: ${pointer === '' ? 'it' : pointer} ${reason}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (leftCount > 0) process.exitCode = exitCode.breaking;
}
