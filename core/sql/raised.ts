import { fingerprintOf } from '../schema/fingerprint.ts';
import type { Position } from '../schema/position.ts';
import { quoteName } from './action/name.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Finding, Severity } from './finding.ts';
import { blockedBy } from './locks/mode.ts';
import type { Statement } from './parse/statement.ts';
import type { Problem, Rule } from './rule.ts';
import type { TableSize } from './sql-settings.ts';

/** What a rule said, and where, before severity, ignores and baseline. */
export interface Raised {
  readonly rule: Rule;
  readonly problem: Problem;
  readonly statement: Statement | undefined;
  readonly position: Position;
}

/** What is the same for all findings of a file. */
export interface Context {
  readonly path: string;
  readonly server: number;
  readonly catalog: Catalog | undefined;
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  readonly baseline: ReadonlySet<string>;
  readonly tableSize: TableSize;
}

/** A table with more bytes than this is not small, however few rows it has. */
const mostBytesOfSmall = 16 * 1024 * 1024;

const longestStatement = 400;

/** Severities decided, sentences completed, accepted findings left out; in the order of the text. */
export function toFindings(raised: readonly Raised[], context: Context): Finding[] {
  const seen = new Map<string, number>();
  return raised
    .toSorted((one, other) => one.position.line - other.position.line || one.position.column - other.position.column)
    .flatMap((each): Finding[] => {
      const { rule, problem, statement, position } = each;
      const configured = context.severities[rule.id];
      // Nothing in a file that PostgreSQL does not understand was checked: no setting lets it pass.
      const unreadable = rule.scope === 'text';
      if (configured === 'off' && !unreadable) return [];
      const size = sizeOf(each, context);
      const usual = (unreadable || configured === 'off' ? undefined : configured) ?? problem.severity ?? rule.severity;
      const severity =
        size?.is === 'small' ? 'advice' : size?.is === 'large' && configured === undefined ? 'error' : usual;
      const identity = JSON.stringify([rule.id, context.path, withoutLayout(statement), problem.message]);
      const occurrence = seen.get(identity) ?? 0;
      seen.set(identity, occurrence + 1);
      const fingerprint = fingerprintOf([identity, occurrence]);
      if (context.baseline.has(fingerprint) && !unreadable) return [];
      return [
        {
          rule: rule.id,
          severity,
          place: { path: context.path, ...position },
          message: `${problem.message}${lockSentence(problem)}${size === undefined ? '' : sizeSentence(size)}`,
          ...(statement === undefined ? {} : { statement: beginningOf(statement.text) }),
          ...(problem.lock === undefined ? {} : { lock: problem.lock, blocks: blockedBy(problem.lock) }),
          ...(size === undefined ? {} : { rows: size.rows }),
          ...(problem.rewrite === undefined ? {} : { rewrite: problem.rewrite }),
          fingerprint,
        },
      ];
    });
}

function lockSentence({ lock, table, during }: Problem): string {
  if (lock === undefined) return '';
  const on = table === undefined ? '' : ` on ${quoteName(table)}`;
  return ` It takes ${lock}${on}, which blocks ${blockedBy(lock)}${during === undefined ? '' : ` ${during}`}.`;
}

interface Size {
  readonly rows: number;
  readonly is: 'small' | 'large' | 'between';
}

/** The size of the table, when it is known and makes the problem smaller or larger. */
function sizeOf({ rule, problem }: Raised, { catalog, tableSize }: Context): Size | undefined {
  if (rule.growsWithTable !== true || problem.table === undefined) return undefined;
  const facts = catalog?.table(problem.table);
  // Never analysed, so of any size.
  if (facts === undefined || facts.rows < 0) return undefined;
  const { rows, bytes } = facts;
  if (rows <= tableSize.small && bytes <= mostBytesOfSmall) return { rows, is: 'small' };
  return { rows, is: rows >= tableSize.large ? 'large' : 'between' };
}

function sizeSentence({ rows, is }: Size): string {
  const count = `${wholeNumber.format(rows)} ${rows === 1 ? 'row' : 'rows'}`;
  return is === 'small' ? ` The table is small now (${count}).` : ` The table has about ${count}.`;
}

const wholeNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function beginningOf(statement: string): string {
  const line = statement.replace(/\s+/g, ' ').trim();
  return line.length <= longestStatement
    ? line
    : `${line.slice(0, longestStatement - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Tokens only, so that spaces and comments do not change who a finding is. */
function withoutLayout(statement: Statement | undefined): string {
  return statement?.tokens.map(({ text }) => text).join(' ') ?? '';
}
