import { Command } from 'commander';
import { readAppSettings } from '../../app/settings.ts';
import { readRunnerSettings } from '../../runner/settings.ts';
import { listenForStop } from '../stop-signal.ts';

/** `sluice serve`: App and runner in one process, remembering in a PostgreSQL of their own. */
export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'Start the App and a runner in one process, with a PostgreSQL of their own. For trying out and small teams.',
    )
    .option('--data <folder>', 'where that PostgreSQL keeps its data', 'sluice-data')
    .addHelpText(
      'after',
      `
Needs the variables of \`sluice app\` and \`sluice runner\`, but for SLUICE_REGISTRY_URL: when it is set, that database is
used and none is started.

Exit codes: 0 stopped by a signal, 130 by a second one, 2 a variable is missing or wrong.`,
    )
    .action(({ data }: { data: string }) => serve(data));
}

async function serve(folder: string): Promise<void> {
  const given = process.env['SLUICE_REGISTRY_URL'];
  // Both are read before anything starts, so that a missing secret does not leave a server behind.
  const placeholder = { ...process.env, SLUICE_REGISTRY_URL: given ?? 'postgres://localhost/sluice' };
  readAppSettings(placeholder);
  readRunnerSettings(placeholder);

  const stop = listenForStop();
  const [{ startEmbeddedPostgres }, { startApp }, { startRunner }] = await Promise.all([
    import('../../registry/embedded.ts'),
    import('../../app/start.ts'),
    import('../../runner/start.ts'),
  ]);
  const postgres = given === undefined ? await startEmbeddedPostgres({ folder }) : undefined;
  const environment = { ...process.env, SLUICE_REGISTRY_URL: given ?? postgres?.url };
  try {
    const app = await startApp(readAppSettings(environment));
    const runner = await startRunner({
      ...readRunnerSettings(environment),
      report: (message) => console.log(message),
    });
    console.log(`Sluice listens for webhooks at ${app.webhookUrl}, and its runner waits for orders.`);
    await stop.untilStopped(async () => {
      await runner.close();
      await app.close();
      await postgres?.stop();
    });
  } finally {
    await postgres?.stop();
  }
}
