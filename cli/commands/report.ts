import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { InputError } from '../../core/input-error.ts';
import { historyJson } from '../../core/rendering/history/history-json.ts';
import { renderHistoryPage } from '../../core/rendering/history/history-page.ts';
import type { SchemaHistory } from '../../core/rendering/history/schema-history.ts';
import { countOf } from '../../core/rendering/numbers.ts';
import { setFinder } from '../../core/review/select-schemas.ts';
import { exitCode } from '../check/exit-code.ts';
import { type Clone, openClone } from '../history/clone.ts';
import { readHistory } from '../history/read-history.ts';
import { commits } from './history.ts';

interface Options {
  readonly html: boolean;
  readonly json: boolean;
  readonly output?: string;
  readonly limit: number;
}

/** `sluice report`: the histories of all schemas as one document to keep. */
export function reportCommand(): Command {
  const command = new Command('report')
    .description('Write the history of all schemas of this clone, or of some, as one document to keep.')
    .argument('[schemas...]', 'paths of schemas; all that the configuration names unless given')
    .option('--html', 'as one page that needs nothing else', false)
    .option('--json', 'as data', false)
    .option('--output <file>', 'where to write it; printed unless given')
    .option('--limit <commits>', 'how many commits of each schema to look at', commits, 100)
    .addHelpText('after', '\nExit codes: 0 written, 2 bad input or usage.');
  return command.action(async (given: string[], options: Options) => {
    try {
      if (options.html === options.json) command.error('error: give either --html or --json');
      await run(given, options);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = exitCode.badInput;
    }
  });
}

async function run(given: readonly string[], options: Options): Promise<void> {
  const clone = await openClone(process.cwd());
  const paths = given.length > 0 ? given.map((path) => clone.pathOf(path)) : await schemasOf(clone);
  if (paths.length === 0) {
    throw new InputError('There are no schemas', {
      remedy: 'Name their files under `schemas:` in .github/sluice.yml, or give their paths',
    });
  }
  const histories: SchemaHistory[] = [];
  for (const path of paths) histories.push(await readHistory(clone.root, path, { ...clone, limit: options.limit }));
  const { commit } = clone;
  const title = `Schema report: ${countOf(histories.length, 'schema')}`;
  const text = options.html
    ? renderHistoryPage({ title, histories, commit })
    : `${JSON.stringify({ format: 1, commit, schemas: histories.map(historyJson) }, null, 2)}\n`;
  if (options.output === undefined) process.stdout.write(text);
  else await write(options.output, text);
}

async function schemasOf(clone: Clone): Promise<string[]> {
  const setOf = setFinder(clone.configuration.schemas);
  return (await clone.files()).filter((path) => setOf(path) !== undefined).sort();
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((cause: unknown) => {
    throw new InputError('This file cannot be written', {
      remedy: 'Give a path in a folder that is there and that you can write to',
      place: { path },
      cause,
    });
  });
  process.stderr.write(`${path}\n`);
}
