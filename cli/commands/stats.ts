import { Command, Option } from 'commander';
import { StatisticsCount } from '../../core/audit/statistics.ts';
import { readChain } from '../../registry/audit/read-chain.ts';
import { renderStatistics } from '../audit/render-statistics.ts';
import { withRegistry } from '../runs/open.ts';

interface StatsOptions {
  readonly repository?: string;
  readonly format: 'text' | 'json';
}

/** `sluice stats`: what the audit trail adds up to. */
export function statsCommand(): Command {
  return new Command('stats')
    .description('Count approvals and migrations: requested, approved, pending, time to approval, success.')
    .option('--repository <owner/name>', 'of one repository only')
    .addOption(new Option('--format <format>', 'how to print them').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nTimes in json are seconds, success is a share from 0 to 1; null means that there is none yet.\n\nNeeds SLUICE_REGISTRY_URL.',
    )
    .action(({ repository, format }: StatsOptions) =>
      withRegistry(async (registry) => {
        const count = new StatisticsCount();
        for await (const event of readChain(registry, { repository })) count.add(event);
        const statistics = count.total();
        process.stdout.write(
          format === 'json'
            ? `${JSON.stringify(statistics, (_, value: unknown) => value ?? null, 2)}\n`
            : renderStatistics(statistics),
        );
      }),
    );
}
