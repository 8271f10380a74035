import { Command } from 'commander';
import { InputError } from '../../core/input-error.ts';
import { inTransaction } from '../../registry/database.ts';
import { appendEvent } from '../../registry/events.ts';
import { retryRun } from '../../registry/runs/create.ts';
import { readRun } from '../../registry/runs/read.ts';
import { withRegistry } from '../runs/open.ts';

/** `sluice retry`: the same order again, once what stopped it is corrected. */
export function retryCommand(): Command {
  return new Command('retry')
    .description('Order a run again that failed, was called off or was rolled back; a runner takes it up.')
    .argument('<run>', 'id of the run')
    .addHelpText(
      'after',
      '\nNeeds SLUICE_REGISTRY_URL.\n\nExit codes: 0 ordered, 2 the run cannot be ordered again, or bad input.',
    )
    .action((runId: string) =>
      withRegistry((registry) =>
        inTransaction(registry, async (db) => {
          const run = await readRun(db, runId);
          const id = await retryRun(db, runId);
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
        }),
      ),
    );
}
