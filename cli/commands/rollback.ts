import { Command } from 'commander';
import { exitCode } from '../check/exit-code.ts';
import { withRegistry } from '../runs/open.ts';
import { renderRun } from '../runs/render-run.ts';
import { steerRun } from '../runs/steer-run.ts';

/** `sluice rollback`: the old table comes back into use, with everything that was written since. */
export function rollbackCommand(): Command {
  return new Command('rollback')
    .description('Take a run back: before the cutover it is called off, after it the old table comes back into use.')
    .argument('<run>', 'id of the run')
    .addHelpText(
      'after',
      '\nNeeds SLUICE_REGISTRY_URL and the address of the database (SLUICE_DATABASE_URL or SLUICE_DATABASE_<NAME>).\n\nExit codes: 0 taken back, 1 not taken back (the reason is printed), 2 bad input.',
    )
    .action((runId: string) =>
      withRegistry(async (registry) => {
        const run = await steerRun(registry, runId, 'rollback');
        process.stdout.write(renderRun(run));
        const done = run.state === 'rolled-back' || run.state === 'cancelled';
        process.exitCode = done ? exitCode.compatible : exitCode.breaking;
      }),
    );
}
