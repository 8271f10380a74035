import type { Operation } from '../migration/operation.ts';
import { parseMigration } from '../migration/parse-migration.ts';
import { Unread } from '../migration/unread.ts';
import type { SchemaReview } from '../review/review.ts';
import { loadParser, type Parser } from '../sql/parse/parser.ts';

/** What a rehearsal does with records. */
export interface RehearsedOperations {
  readonly transform: readonly Operation[];
  /** Whether an SQL expression is among them, which only a database computes. */
  readonly inDatabase: boolean;
}

/** The operations of the given migration, or why a pull request's check cannot try them. */
export async function rehearsedOperations({
  migration,
}: SchemaReview): Promise<RehearsedOperations | { readonly reason: string }> {
  if (migration.status !== 'given') return { reason: 'there is no migration to try' };
  if (migration.hasScript === true) return { reason: needsRunner };
  const file = { path: migration.path, text: migration.text };
  return read(file, undefined) ?? read(file, await loadParser()) ?? { reason: needsRunner };
}

/** Why a migration with a script is not tried here. */
export const needsRunner =
  'the migration has a script, and only the runner runs those; `/sluice rehearse` has it do all of the run but the swap, once this is merged';

/** Undefined: the parser is missing, or a script. */
function read(
  file: { readonly path: string; readonly text: string },
  parser: Parser | undefined,
): RehearsedOperations | { readonly reason: string } | undefined {
  try {
    const parsed = parseMigration(file, parser === undefined ? {} : { parser });
    if ('problems' in parsed) return { reason: 'the migration cannot be read' };
    return { transform: parsed.migration.transform, inDatabase: parser !== undefined };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return undefined;
  }
}
