import type { Problem } from '../review/review.ts';
import { loadParser, type Parser } from '../sql/parse/parser.ts';
import type { Migration } from './migration.ts';
import { parseMigration } from './parse-migration.ts';
import { isStorable } from './sql-literal.ts';
import { Unread } from './unread.ts';

const longestScript = 200_000;

/**
 * Reads a migration file with all that it needs: the parser for SQL expressions, and the file of its script.
 * `read`: text of a file of the repository, undefined when it is not there.
 */
export async function readMigration(
  file: { readonly path: string; readonly text: string },
  read: (path: string) => Promise<string | undefined>,
  { schema }: { readonly schema?: string } = {},
): Promise<{ readonly migration: Migration } | { readonly problems: readonly Problem[] }> {
  let parser: Parser | undefined;
  let script: { readonly path: string; readonly text: string } | undefined;
  for (;;) {
    try {
      return parseMigration(file, {
        ...(schema === undefined ? {} : { schema }),
        ...(parser === undefined ? {} : { parser }),
        ...(script === undefined ? {} : { script }),
      });
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      const { missing } = error;
      if (missing === 'parser') {
        parser = await loadParser();
        continue;
      }
      const text = await read(missing.script);
      const fault = scriptFault(text);
      if (text === undefined || fault !== undefined)
        return {
          problems: [
            {
              place: { path: text === undefined ? file.path : missing.script },
              ...(fault ?? notThere(missing.script)),
            },
          ],
        };
      script = { path: missing.script, text };
    }
  }
}

function notThere(path: string) {
  return { problem: `There is no \`${path}\``, remedy: 'Put the script beside the migration file' };
}

function scriptFault(text: string | undefined): { readonly problem: string; readonly remedy: string } | undefined {
  if (text === undefined) return undefined;
  if (text.length > longestScript)
    return { problem: `The script has more than ${longestScript} characters`, remedy: 'Write a shorter one' };
  if (!isStorable(text)) return { problem: 'The script has a character that cannot be stored', remedy: 'Take it out' };
  return /\bexport\b[^;]*\btransformRecord\b/.test(text)
    ? undefined
    : {
        problem: 'The script exports no `transformRecord`',
        remedy: 'Write `export function transformRecord(record, context) { return record; }`',
      };
}
