import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { Pool } from 'pg';
import { InputError } from '../../core/input-error.ts';
import { readRun } from '../../registry/runs/read.ts';
import { workingStates } from '../../runner/execute.ts';
import { withRegistry } from '../runs/open.ts';
import { renderRun } from '../runs/render-run.ts';

/** `sluice status`: one run, once or until it comes to rest. */
export function statusCommand(): Command {
  return new Command('status')
    .description('Show a run.')
    .argument('<run>', 'id of the run')
    .option('--watch', 'again every second, until it has come to rest', false)
    .addHelpText('after', '\nNeeds SLUICE_REGISTRY_URL.')
    .action((runId: string, { watch }: { watch: boolean }) => withRegistry((registry) => show(registry, runId, watch)));
}

async function show(registry: Pool, runId: string, watch: boolean): Promise<void> {
  for (let seen = -1; ; await sleep(1000)) {
    const run = await readRun(registry, runId);
    if (run === undefined) throw new InputError(`There is no run ${runId}`, { remedy: '`sluice runs` lists them.' });
    if (run.progressSeq !== seen) process.stdout.write(renderRun(run));
    seen = run.progressSeq;
    if (!watch || !workingStates.includes(run.state)) return;
  }
}
