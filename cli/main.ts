import { Command } from 'commander';
import { checkCommand } from './commands/check.ts';

const program = new Command('sluice')
  .description('Gates schema changes at the pull request and runs the migrations they need.')
  .showHelpAfterError('Run `sluice --help` for the commands.')
  .addCommand(checkCommand());

await program.parseAsync();
