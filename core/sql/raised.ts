import { fingerprintOf } from '../schema/fingerprint.ts';
import type { Position } from '../schema/position.ts';
import { quoteName } from './action/name.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Finding, Severity } from './finding.ts';
import { blockedBy } from './locks/mode.ts';
import type { Statement } from './parse/statement.ts';
import type { Problem, Rule } from './rule.ts';

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
}

/** Up to here a scan is over before a person notices. */
const smallTable = { rows: 10_000, bytes: 16 * 1024 * 1024 };

/** Severities decided, sentences completed, accepted findings left out; in the order of the text. */
export function toFindings(raised: readonly Raised[], context: Context): Finding[] {
  const seen = new Map<string, number>();
  return raised
    .toSorted((one, other) => one.position.line - other.position.line || one.position.column - other.position.column)
    .flatMap((each): Finding[] => {
      const { rule, problem, statement, position } = each;
      const configured = context.severities[rule.id];
      if (configured === 'off') return [];
      const rows = smallRows(each, context.catalog);
      const severity = rows === undefined ? (configured ?? problem.severity ?? rule.severity) : 'advice';
      const identity = JSON.stringify([rule.id, context.path, withoutLayout(statement), problem.message]);
      const occurrence = seen.get(identity) ?? 0;
      seen.set(identity, occurrence + 1);
      const fingerprint = fingerprintOf([identity, occurrence]);
      if (context.baseline.has(fingerprint)) return [];
      return [
        {
          rule: rule.id,
          severity,
          place: { path: context.path, ...position },
          message: `${problem.message}${lockSentence(problem)}${rows === undefined ? '' : ` The table is small now (${rows} rows).`}`,
          ...(problem.lock === undefined ? {} : { lock: problem.lock, blocks: blockedBy(problem.lock) }),
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

/** Rows of the table, when it is known to be small and that makes the problem smaller. */
function smallRows({ rule, problem }: Raised, catalog: Catalog | undefined): number | undefined {
  if (rule.growsWithTable !== true || problem.table === undefined) return undefined;
  const facts = catalog?.table(problem.table);
  if (facts === undefined || facts.rows < 0) return undefined;
  return facts.rows <= smallTable.rows && facts.bytes <= smallTable.bytes ? facts.rows : undefined;
}

/** Tokens only, so that spaces and comments do not change who a finding is. */
function withoutLayout(statement: Statement | undefined): string {
  return statement?.tokens.map(({ text }) => text).join(' ') ?? '';
}
