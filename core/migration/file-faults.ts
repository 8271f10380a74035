import { isObject, type JsonObject, own } from '../schema/json.ts';
import type { ReadText } from '../schema/read-text.ts';
import { isPlaceholder, walk } from './placeholder.ts';
import type { Fault } from './schema-faults.ts';
import { isStorable } from './sql-literal.ts';

/**
 * The folder names the schema and the file the version, so that one look at the tree tells what will run. `otherwise`: the schema,
 * where neither path nor file names one.
 */
export function nameOf(path: string, value: JsonObject, otherwise?: string): { schema?: string; faults: Fault[] } {
  const [, folder, version] = /(?:^|\/)migrations\/([^/]+)\/([^/]+)\.(?:ya?ml|json)$/.exec(path) ?? [];
  const said = own(value, 'schema');
  const to = own(value, 'to');
  const faults: Fault[] = [];
  const schema = typeof said === 'string' ? said : (folder ?? otherwise);
  if (schema === undefined)
    faults.push({
      at: '',
      problem: 'It does not say whose records it migrates',
      remedy: 'Keep it as migrations/<schema>/<to-version>.yml, or add `schema:`',
    });
  if (typeof said === 'string' && folder !== undefined && said !== folder)
    faults.push({
      at: '/schema',
      problem: `\`schema\` is ${said}, but the folder is ${folder}`,
      remedy: 'Name the folder for the schema',
    });
  if (version !== undefined && typeof to === 'string' && to !== version)
    faults.push({
      at: '/to',
      problem: `\`to\` is ${to}, but the file is named for ${version}`,
      remedy: 'Name the file for the version it leads to',
    });
  return schema === undefined ? { faults } : { schema, faults };
}

export function versionFaults(value: JsonObject): Fault[] {
  const from = own(value, 'from');
  return typeof from === 'string' && from === own(value, 'to')
    ? [
        {
          at: '/to',
          problem: '`from` and `to` are the same version',
          remedy: 'Name the version the records are of now',
        },
      ]
    : [];
}

/** Records are changed by operations, by a script, or by both. */
export function changeFaults(value: JsonObject): Fault[] {
  return ['transform', 'script'].some((name) => Object.hasOwn(value, name))
    ? []
    : [{ at: '', problem: '`transform` is missing', remedy: 'Add `transform`, a list of operations, or a `script`' }];
}

/** What no value in the file may be, wherever it stands. */
export function valueFaults(read: ReadText): Fault[] {
  const faults: Fault[] = read.inexactNumbers().map((at) => ({
    at,
    problem: 'This number has more digits than can be kept',
    remedy: 'Write it shorter, or as text in quotes',
  }));
  for (const { pointer: at, value } of walk(read.value)) {
    if (isPlaceholder(value))
      faults.push({ at, problem: 'This is not filled in yet', remedy: 'Write the value that is meant' });
    const texts = typeof value === 'string' ? [value] : isObject(value) ? Object.keys(value) : [];
    if (!texts.every(isStorable))
      faults.push({
        at,
        problem: 'The text has a character that PostgreSQL cannot store in a document (U+0000 or half of a pair)',
        remedy: 'Take the character out',
      });
  }
  return faults;
}
