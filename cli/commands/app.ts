import { Command } from 'commander';
import { appVariables, readAppSettings } from '../../app/settings.ts';
import { listenForStop } from '../stop-signal.ts';

/** `sluice app`: the GitHub App by itself. The runner runs elsewhere and shares its registry. */
export function appCommand(): Command {
  return new Command('app')
    .description('Start the GitHub App: webhooks become approvals, checks and runs.')
    .addHelpText(
      'after',
      `\nEnvironment:\n${variableTable()}\n\nExit codes: 0 stopped by a signal, 2 a variable is missing or wrong, or the registry cannot be reached.`,
    )
    .action(async () => {
      const settings = readAppSettings(process.env);
      const stop = listenForStop();
      // Loaded late: the help and a wrong setting need none of it.
      const [{ startApp }, { checkConnection }] = await Promise.all([
        import('../../app/start.ts'),
        import('../../registry/check-connection.ts'),
      ]);
      await checkConnection(settings.registryUrl, 'SLUICE_REGISTRY_URL');
      const app = await startApp(settings);
      console.log(`Sluice listens for webhooks at ${app.webhookUrl}`);
      await stop.untilStopped(() => app.close());
    });
}

function variableTable(): string {
  const width = Math.max(...appVariables.map(({ name }) => name.length));
  return appVariables
    .map(({ name, meaning, required }) => `  ${name.padEnd(width)}  ${meaning}${required ? ' (required)' : ''}`)
    .join('\n');
}
