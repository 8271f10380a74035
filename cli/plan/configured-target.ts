import { resolve } from 'node:path';
import type { Target } from '../../core/configuration/configuration.ts';
import { parseConfiguration } from '../../core/configuration/parse.ts';
import { formatPlace, InputError } from '../../core/input-error.ts';
import { relationOf } from '../../runner/databases/postgres/table.ts';
import { readText } from '../load-schema.ts';

const path = '.github/sluice.yml';

/**
 * What the configuration in a folder says of a table; undefined: it does not name it, or there is none. Throws `InputError` where the configuration cannot
 * be used, or says two things.
 */
export async function configuredTarget(folder: string, database: string, table: string): Promise<Target | undefined> {
  const text = await readText(resolve(folder, path), path);
  if (text === undefined) return undefined;
  const parsed = parseConfiguration({ path, text });
  if ('problems' in parsed) {
    const [first] = parsed.problems;
    throw new InputError(
      `${first === undefined ? path : formatPlace(first.place)}: ${first?.problem ?? 'it is wrong'}`,
      {
        remedy: first?.remedy ?? 'Correct it.',
      },
    );
  }
  const nameOf = (named: string) => JSON.stringify(relationOf({ name: '', database, table: named, key: '' }));
  const targets = [...parsed.configuration.targets.values()].filter(
    (target) => target.database === database && nameOf(target.table) === nameOf(table),
  );
  const [first, ...others] = targets;
  if (others.some(({ document, key }) => document !== first?.document || key !== first?.key)) {
    throw new InputError(`${path} says in two ways where the records of \`${table}\` are`, {
      remedy: 'Say it by --document or --columns, and --key.',
    });
  }
  return first;
}
