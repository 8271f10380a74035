import { Command } from 'commander';
import type { Pool } from 'pg';
import { InputError } from '../../core/input-error.ts';
import { countOf } from '../../core/rendering/numbers.ts';
import { readRun } from '../../registry/runs/read.ts';
import { defaultPatience } from '../../runner/context.ts';
import { previewRollBack, type RollBackPreview } from '../../runner/preview-roll-back.ts';
import { rollBackAlone } from '../../runner/roll-back-alone.ts';
import { exitCode } from '../check/exit-code.ts';
import { addressOf } from '../runs/address.ts';
import { refusingBadInput, withRegistry } from '../runs/open.ts';
import { renderRun } from '../runs/render-run.ts';
import { steerRun } from '../runs/steer-run.ts';

interface Options {
  readonly preview: boolean;
  readonly withoutRegistry: boolean;
  readonly database: string;
}

/** `sluice rollback`: the old table comes back into use, with everything that was written since. */
export function rollbackCommand(): Command {
  return new Command('rollback')
    .description('Take a run back: before the cutover it is called off, after it the old table comes back into use.')
    .argument('<run>', 'id of the run')
    .option(
      '--preview',
      'only say what it would meet: records written since the cutover, and which have no way back',
      false,
    )
    .option(
      '--without-registry',
      'with nothing but the database that was migrated, for when the registry is down',
      false,
    )
    .option('--database <name>', 'name of that database, with --without-registry', 'default')
    .addHelpText(
      'after',
      '\nNeeds SLUICE_REGISTRY_URL and the address of the database (SLUICE_DATABASE_URL or SLUICE_DATABASE_<NAME>).\n\nExit codes: 0 taken back, 1 not taken back (the reason is printed), 2 bad input.',
    )
    .action((runId: string, options: Options) => {
      if (options.withoutRegistry) return refusingBadInput(() => withoutRegistry(runId, options.database));
      return withRegistry(
        (registry) => (options.preview ? preview(registry, runId) : rollBack(registry, runId)),
        `Where the registry stays down, the way back is: sluice rollback ${runId} --without-registry --database <name>`,
      );
    });
}

async function rollBack(registry: Pool, runId: string): Promise<void> {
  const found = await preview(registry, runId);
  if (found !== undefined && found.stuckCount > 0) {
    process.stdout.write('Nothing was changed. Correct these records, then roll back again.\n');
    process.exitCode = exitCode.breaking;
    return;
  }
  const run = await steerRun(registry, runId, 'rollback');
  process.stdout.write(renderRun(run));
  const done = run.state === 'rolled-back' || run.state === 'cancelled';
  process.exitCode = done ? exitCode.compatible : exitCode.breaking;
}

/** Undefined where there is nothing to look at: the cutover has not happened, or is undone. */
async function preview(registry: Pool, runId: string): Promise<RollBackPreview | undefined> {
  const run = await readRun(registry, runId);
  if (run === undefined) throw new InputError(`There is no run ${runId}`, { remedy: '`sluice runs` lists them.' });
  if (run.state !== 'reversing' && run.state !== 'needs-attention') return undefined;
  const found = await previewRollBack(addressOf(run.target.database), run);
  const lines = [
    found.written === 0
      ? 'Nothing was written since the cutover: all records go back exactly as they were.'
      : `${countOf(found.written, 'record')} written since the cutover; all others go back exactly as they were.`,
    ...(found.written === 0 ? [] : found.losses.map((loss) => `Of those that were: ${loss}`)),
    ...(found.stuckCount === 0 ? [] : [`${found.stuckCount} have no way back as they are:`]),
    ...found.stuck.map(({ key, pointer, reason }) => `  ${key}: ${pointer === '' ? 'it' : pointer} ${reason}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return found;
}

async function withoutRegistry(runId: string, database: string): Promise<void> {
  await rollBackAlone(addressOf(database), runId, defaultPatience);
  process.stdout.write(
    `The run ${runId} is taken back. Run \`sluice rollback ${runId}\` once the registry is up, so that it knows.\n`,
  );
}
