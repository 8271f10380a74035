import { Command, Option } from 'commander';
import { listRuns } from '../../registry/runs/read.ts';
import { terminal } from '../paint.ts';
import { withRegistry } from '../runs/open.ts';
import { renderRuns } from '../runs/render-runs.ts';

/** `sluice runs`: what was run, is running and will be. */
export function runsCommand(): Command {
  return new Command('runs')
    .description('List runs, newest first.')
    .option('--repository <owner/name>', 'of one repository only')
    .addOption(new Option('--format <format>', 'how to print them').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nNeeds SLUICE_REGISTRY_URL.')
    .action((options: { repository?: string; format: 'text' | 'json' }) =>
      withRegistry(async (registry) => {
        const { repository, format } = options;
        const runs = await listRuns(registry, repository === undefined ? {} : { repository });
        if (format === 'json')
          console.log(
            JSON.stringify(
              runs.map(({ id, state, schema, fromVersion, toVersion, repository, step, progress, error, created }) => ({
                id,
                state,
                schema,
                from: fromVersion,
                to: toVersion,
                repository,
                created,
                step,
                progress,
                error,
              })),
              null,
              2,
            ),
          );
        else if (runs.length === 0) console.log('There are no runs.');
        else console.log(renderRuns(runs, { width: terminal().width, now: new Date() }));
      }),
    );
}
