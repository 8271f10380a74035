import { Command } from 'commander';
import { InputError } from '../core/input-error.ts';
import packageJson from '../package.json' with { type: 'json' };
import { exitCode } from './check/exit-code.ts';
import { appCommand } from './commands/app.ts';
import { auditCommand } from './commands/audit.ts';
import { checkCommand } from './commands/check.ts';
import { diffCommand } from './commands/diff.ts';
import { historyCommand } from './commands/history.ts';
import { lintCommand } from './commands/lint.ts';
import { planCommand } from './commands/plan.ts';
import { policyCommand } from './commands/policy.ts';
import { reportCommand } from './commands/report.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { runnerCommand } from './commands/runner.ts';
import { runsCommand } from './commands/runs.ts';
import { serveCommand } from './commands/serve.ts';
import { statsCommand } from './commands/stats.ts';
import { statusCommand } from './commands/status.ts';
import { steerCommands } from './commands/steer.ts';

const program = new Command('sluice')
  .description('Gates schema changes at the pull request and runs the migrations they need.')
  .version(packageJson.version, '-V, --version', 'print the version')
  .addHelpText('after', '\nEvery command explains itself: `sluice <command> --help`.');

const commands = [
  checkCommand(),
  diffCommand(),
  historyCommand(),
  reportCommand(),
  planCommand(),
  lintCommand(),
  policyCommand(),
  serveCommand(),
  appCommand(),
  runnerCommand(),
  runsCommand(),
  statusCommand(),
  ...steerCommands(),
  rollbackCommand(),
  auditCommand(),
  statsCommand(),
];
for (const command of commands) program.addCommand(command);
// Wrong usage is bad input, whichever command it is; commander itself would say 1, which means "breaking" here.
for (const command of [program, ...commands, ...commands.flatMap((one) => one.commands)]) {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCode.badInput));
}

// Whoever reads what we print may have seen enough, as `head` does: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = exitCode.badInput;
}
