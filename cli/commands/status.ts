import { Command } from 'commander';
import type { Pool } from 'pg';
import { InputError } from '../../core/input-error.ts';
import { readRun } from '../../registry/runs/read.ts';
import type { Run } from '../../registry/runs/run.ts';
import { waitsOf } from '../../registry/waits.ts';
import { exportQuarantine } from '../../runner/export-quarantine.ts';
import { addressOf } from '../runs/address.ts';
import { withRegistry } from '../runs/open.ts';
import { renderRun } from '../runs/render-run.ts';
import { renderReport, reportFormats } from '../runs/report.ts';
import { watchRun } from '../runs/watch.ts';
import { writeLines } from '../runs/write-lines.ts';

/** `sluice status`: one run, once or until it comes to rest. */
export function statusCommand(): Command {
  return new Command('status')
    .description('Show a run.')
    .argument('<run>', 'id of the run')
    .option(
      '--watch',
      'follow it until it has come to rest: drawn anew on a terminal, a line for each change elsewhere',
      false,
    )
    .option('--report <file>', 'write a report: .json, .csv or .html by the name of the file')
    .option(
      '--quarantine <file>',
      'write the records that were set aside, whole, with the reasons, as CSV (- for stdout)',
    )
    .addHelpText(
      'after',
      '\nNeeds SLUICE_REGISTRY_URL; --quarantine also the address of the database (SLUICE_DATABASE_URL or SLUICE_DATABASE_<NAME>).',
    )
    .action((runId: string, options: Options) =>
      withRegistry(async (registry) => {
        if (options.report !== undefined) return report(await mustRead(registry, runId), options.report);
        if (options.quarantine === undefined) return show(registry, runId, options.watch);
        const run = await mustRead(registry, runId);
        await writeLines(options.quarantine, exportQuarantine(addressOf(run.target.database), run));
      }),
    );
}

interface Options {
  readonly watch: boolean;
  readonly quarantine?: string;
  readonly report?: string;
}

async function mustRead(registry: Pool, runId: string): Promise<Run> {
  const run = await readRun(registry, runId);
  if (run === undefined) throw new InputError(`There is no run ${runId}`, { remedy: '`sluice runs` lists them.' });
  return run;
}

async function report(run: Run, file: string): Promise<void> {
  const format = reportFormats.find((known) => file.endsWith(`.${known}`));
  if (format === undefined) {
    throw new InputError(`${file} names no format of a report`, { remedy: 'End its name in .json, .csv or .html.' });
  }
  await writeLines(file, [renderReport(run, format)]);
}

async function show(registry: Pool, runId: string, watch: boolean): Promise<void> {
  if (watch) return watchRun(process.stdout, () => mustRead(registry, runId));
  const run = await mustRead(registry, runId);
  const waits = run.state === 'planned' ? await waitsOf(registry, run) : [];
  process.stdout.write(renderRun(run, undefined, waits));
}
