import { Command } from 'commander';
import { InputError } from '../../core/input-error.ts';
import { checkConnection } from '../../registry/check-connection.ts';
import { readRunnerSettings, runnerVariables } from '../../runner/settings.ts';
import { exitCode } from '../check/exit-code.ts';
import { listenForStop } from '../stop-signal.ts';

/** `sluice runner`: migrates tables by itself, from the orders in the registry. */
export function runnerCommand(): Command {
  const width = Math.max(...runnerVariables.map(({ name }) => name.length));
  const variables = runnerVariables.map(({ name, meaning }) => `  ${name.padEnd(width)}  ${meaning}`).join('\n');
  return new Command('runner')
    .description('Start a runner: it migrates the records of merged changes.')
    .addHelpText(
      'after',
      `\nEnvironment:\n${variables}\n\nExit codes: 0 stopped by a signal, 2 a variable is missing or wrong.`,
    )
    .action(async () => {
      try {
        await run();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = exitCode.badInput;
      }
    });
}

async function run(): Promise<void> {
  const settings = readRunnerSettings(process.env);
  await checkConnection(settings.registryUrl, 'SLUICE_REGISTRY_URL');
  for (const name of settings.databaseVariables) await checkConnection(process.env[name] ?? '', name);
  const stop = listenForStop();
  // Loaded late: the help and a wrong setting need none of it.
  const { startRunner } = await import('../../runner/start.ts');
  const runner = await startRunner({ ...settings, report: (message) => console.log(message) });
  console.log('The runner waits for orders.');
  await stop.untilStopped(() => runner.close());
}
