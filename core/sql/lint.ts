import { InputError } from '../input-error.ts';
import type { Catalog } from './catalog/catalog.ts';
import { type EarlierFile, recall } from './earlier.ts';
import type { Finding, Severity } from './finding.ts';
import type { History } from './history.ts';
import { applyIgnores } from './ignores.ts';
import { type MigrationFile, parseMigration } from './parse/migration-file.ts';
import { loadParser } from './parse/parser.ts';
import { type Context, type Raised, toFindings } from './raised.ts';
import type { ActionRule } from './rule.ts';
import { rules } from './rules.ts';
import { defaultSqlSettings, type TableSize } from './sql-settings.ts';
import { Memory } from './state/memory.ts';
import { remember } from './state/remember.ts';
import { milliseconds } from './state/settings.ts';

/** A migration as it lies in the repository. */
export interface SqlFile {
  readonly path: string;
  readonly text: string;
  /** Text of the `.down.sql` beside it, when there is one. */
  readonly downText?: string;
}

export interface LintOptions {
  /** Major version of the oldest server that the migration must run on. Default `oldestServer`. */
  readonly serverVersion?: number;
  /** Whether the tool that runs the file wraps it in a transaction. Default false. */
  readonly inTransaction?: boolean;
  readonly catalog?: Catalog;
  /** By rule id. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** Fingerprints of findings that are accepted. */
  readonly baseline?: ReadonlySet<string>;
  /** Timeouts that the tool sets before it runs the file, as PostgreSQL writes them (`200ms`). */
  readonly session?: { readonly lockTimeout?: string; readonly statementTimeout?: string };
  /** What runs before this file, in order; absent: nothing is known of it. */
  readonly earlier?: readonly EarlierFile[];
  /** From which size on, and up to which, findings whose harm grows with the table weigh more or less. */
  readonly tableSize?: TableSize;
  /** The folder on the base branch; absent: the rules about history are silent. */
  readonly history?: History;
}

/** Without a version, what PostgreSQL 14 does not have is not offered and its dangers count. */
export const oldestServer = 14;
export const newestServer = 18;

/**
 * Judges a SQL migration: what it locks and for how long, what it breaks for running clients, and what it forgets.
 * Findings come in the order of the text.
 * @throws InputError when an option names a rule or server version that does not exist
 */
export async function lintSql(file: SqlFile, options: LintOptions = {}): Promise<Finding[]> {
  const context = contextOf(file, options);
  // psql skips a byte order mark too, and editors do not count it.
  const parsed = parseMigration(file.path, file.text.replace(/^\ufeff/, ''), await loadParser());
  if (parsed.kind === 'syntax-error') {
    const raised = rules.flatMap((rule) =>
      rule.scope === 'text'
        ? [...rule.check(parsed.message)].map((problem) => ({
            rule,
            problem,
            statement: undefined,
            position: parsed.position,
          }))
        : [],
    );
    return toFindings(raised, context);
  }
  const raised = judge(parsed.file, file, options, context);
  return toFindings(applyIgnores(raised, parsed.file), context);
}

function contextOf(file: SqlFile, options: LintOptions): Context {
  const server = options.serverVersion ?? oldestServer;
  if (!Number.isInteger(server) || server < oldestServer) {
    throw new InputError(`Server version ${server} is not supported`, {
      remedy: `Give a major version from ${oldestServer} on.`,
    });
  }
  const known = new Set(rules.map(({ id }) => id));
  const wrong = Object.keys(options.severities ?? {}).filter((id) => !known.has(id));
  if (wrong.length > 0) {
    throw new InputError(`There is no SQL rule ${wrong.map((id) => `\`${id}\``).join(', ')}`, {
      remedy: 'Correct the name under `severities`.',
    });
  }
  return {
    path: file.path,
    server,
    catalog: options.catalog,
    severities: options.severities ?? {},
    baseline: options.baseline ?? new Set(),
    tableSize: options.tableSize ?? defaultSqlSettings.tableSize,
  };
}

function judge(parsed: MigrationFile, file: SqlFile, options: LintOptions, context: Context): Raised[] {
  const raised: Raised[] = [];
  const wrapped = options.inTransaction === true && !parsed.directives.some(({ kind }) => kind === 'no-transaction');
  const memoryOf = () =>
    new Memory({
      server: context.server,
      catalog: options.catalog,
      opener: wrapped ? 'host' : undefined,
      lockTimeout: milliseconds(options.session?.lockTimeout),
      statementTimeout: milliseconds(options.session?.statementTimeout),
    });
  const memories = { up: memoryOf(), down: memoryOf() };
  recall(memories.up, options.earlier ?? []);
  for (const statement of parsed.statements) {
    const memory = memories[statement.section];
    // A DO block outside BEGIN is a transaction until it commits.
    if (statement.block !== undefined && memory.opener === undefined) memory.opener = 'block';
    for (const { action, start, text } of statement.actions) {
      const asked = statement.section === 'down' ? exemptRemoved(byKind(action.kind)) : byKind(action.kind);
      for (const rule of asked) {
        if (!applies(rule, context.server)) continue;
        for (const problem of rule.check(action, memory, { statement, text, start })) {
          raised.push({ rule, problem, statement, position: statement.positionOf(problem.at ?? start) });
        }
      }
    }
    const block = memory.opener === 'block';
    remember(memory, statement);
    if (block && statement.block?.last !== false) {
      memory.opener = undefined;
    }
  }
  for (const rule of rules) {
    if (rule.scope !== 'file' || !applies(rule, context.server)) continue;
    const whole = { file: parsed, up: memories.up, downText: file.downText, history: options.history };
    for (const problem of rule.check(whole)) {
      const statement = problem.statement ?? parsed.statements[0];
      const position = statement?.positionOf(problem.at ?? statement.start) ?? parsed.positionOf(problem.at ?? 0);
      raised.push({ rule, problem, statement, position });
    }
  }
  return raised;
}

const everyKind: ActionRule[] = [];
const kinds = new Map<string, ActionRule[]>();
for (const rule of rules) {
  if (rule.scope !== 'action') continue;
  if (rule.kinds === 'all') everyKind.push(rule);
  else for (const kind of rule.kinds) kinds.set(kind, [...(kinds.get(kind) ?? []), rule]);
}

function byKind(kind: string): readonly ActionRule[] {
  return [...(kinds.get(kind) ?? []), ...everyKind];
}

function exemptRemoved(asked: readonly ActionRule[]): readonly ActionRule[] {
  return asked.filter(({ upOnly }) => upOnly !== true);
}

function applies(
  { versions }: { readonly versions?: { readonly from?: number; readonly below?: number } },
  server: number,
): boolean {
  return server >= (versions?.from ?? 0) && server < (versions?.below ?? Number.POSITIVE_INFINITY);
}
