import { Command, Option } from 'commander';
import { InputError } from '../../core/input-error.ts';
import { wantsColour } from '../colour.ts';
import { configuredTarget } from '../plan/configured-target.ts';
import { planFiles, UnusableMigration } from '../plan/plan-files.ts';
import { renderPlan } from '../plan/render-plan.ts';
import type { SurveyedTarget } from '../plan/survey/survey-table.ts';

interface Options {
  readonly migration?: string;
  readonly format: 'text' | 'json' | 'yaml';
  readonly formatAssertion: boolean;
  readonly table?: string;
  readonly key?: string;
  readonly document?: string;
  readonly columns?: boolean;
  readonly database: string;
}

/** What `sluice plan` tells the shell. */
const exitCode = { ready: 0, gaps: 1, badInput: 2 } as const;

/** `sluice plan`: how records get from one version of a schema to the next. */
export function planCommand(): Command {
  return new Command('plan')
    .description('Propose the migration between two versions of a schema, or judge the one there is.')
    .argument('<old>', 'the schema as it is (JSON or YAML)')
    .argument('<new>', 'the schema as it shall be')
    .option('--migration <file>', 'judge this migration file instead of proposing one')
    .addOption(
      new Option('--format <format>', 'how to print the plan; yaml: the migration file alone')
        .choices(['text', 'json', 'yaml'])
        .default('text'),
    )
    .option('--format-assertion', 'let "format" decide whether a record is valid', false)
    .option(
      '--table <table>',
      'look at this table for sizes, a measured rate and what stands in the way; writes nothing',
    )
    .option('--document <column>', 'its jsonb column (default: what .github/sluice.yml says, or the only one)')
    .addOption(
      new Option('--columns', 'its columns are the properties, as `columns: properties` says').conflicts('document'),
    )
    .option('--key <columns>', 'its primary key (default: the one it has)')
    .option(
      '--database <name>',
      'its address is in SLUICE_DATABASE_<NAME>, or SLUICE_DATABASE_URL for `default`',
      'default',
    )
    .addHelpText(
      'after',
      `
Exit codes:
  0  the migration is ready, and proved
  1  something is left that only a person can know, the proof fails, or the database says no
  2  bad input or usage`,
    )
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCode.badInput))
    .action(async (oldPath: string, newPath: string, options: Options) => {
      try {
        process.exitCode = await run(oldPath, newPath, options);
      } catch (error) {
        if (!(error instanceof InputError || error instanceof UnusableMigration)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = exitCode.badInput;
      }
    });
}

async function run(oldPath: string, newPath: string, options: Options): Promise<number> {
  const { migration, format, formatAssertion, table } = options;
  const planned = await planFiles(oldPath, newPath, {
    migrationPath: migration,
    formatAssertion,
    survey: table === undefined ? undefined : await targetOf(table, options),
    environment: process.env,
  });
  const colours = wantsColour();
  const texts = {
    text: () => renderPlan(planned, colours),
    json: () => `${JSON.stringify(planned, null, 2)}\n`,
    yaml: () => planned.migration.text,
  };
  process.stdout.write(texts[format]());
  const { plan, survey } = planned;
  const stopped = survey !== undefined && (survey.obstacles.length > 0 || (survey.sample?.refused ?? 0) > 0);
  return plan.gaps.length === 0 && !stopped ? exitCode.ready : exitCode.gaps;
}

/** What the options say, then what the configuration of this folder says. */
async function targetOf(table: string, { database, key, document, columns }: Options): Promise<SurveyedTarget> {
  if (document !== undefined || columns === true) return { database, table, key, document, columns };
  const configured = await configuredTarget(process.cwd(), database, table);
  if (configured === undefined) return { database, table, key };
  return {
    database,
    table,
    key: key ?? configured.key,
    document: configured.document,
    columns: configured.document === undefined,
  };
}
