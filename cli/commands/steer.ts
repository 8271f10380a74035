import { Command } from 'commander';
import type { Wish } from '../../runner/steer.ts';
import { withRegistry } from '../runs/open.ts';
import { renderRun } from '../runs/render-run.ts';
import { steerRun } from '../runs/steer-run.ts';
import { retryCommand } from './retry.ts';

/** `sluice pause`, `resume`, `cancel`, `complete`, `retry`. */
export function steerCommands(): Command[] {
  return [
    steerCommand('pause', 'Hold a run between two batches; what the application writes is still noted.'),
    steerCommand('resume', 'Let a paused run go on from its checkpoint.'),
    steerCommand('cancel', 'Call a run off before its cutover: all that it made is dropped.'),
    steerCommand('complete', 'Drop the old table of a run now. There is no way back afterwards.'),
    retryCommand(),
  ];
}

function steerCommand(wish: Wish, description: string): Command {
  return new Command(wish)
    .description(description)
    .argument('<run>', 'id of the run')
    .addHelpText(
      'after',
      '\nNeeds SLUICE_REGISTRY_URL and the address of the database (SLUICE_DATABASE_URL or SLUICE_DATABASE_<NAME>).\n\nExit codes: 0 done, 2 the run cannot do that, or bad input.',
    )
    .action((runId: string) =>
      withRegistry(async (registry) => {
        process.stdout.write(renderRun(await steerRun(registry, runId, wish)));
      }),
    );
}
