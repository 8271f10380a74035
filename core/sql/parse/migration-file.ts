import type { Node, RawStmt, ScanToken } from 'libpg-query';
import { lineIndex, type Position } from '../../schema/position.ts';
import type { Action } from '../action/action.ts';
import { readStatement } from '../action/read-statement.ts';
import { alterParts } from './alter-parts.ts';
import { type ByteIndex, byteIndex } from './byte-index.ts';
import { type Directive, directivesIn } from './directives.ts';
import { statementsOfBlock } from './do-block.ts';
import type { Parser } from './parser.ts';
import type { PlacedAction, Statement } from './statement.ts';

/** A SQL migration, parsed. */
export interface MigrationFile {
  readonly path: string;
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly directives: readonly Directive[];
  readonly tokens: readonly ScanToken[];
  readonly positionOf: (byte: number) => Position;
}

export type Parsed =
  | { readonly kind: 'parsed'; readonly file: MigrationFile }
  | { readonly kind: 'syntax-error'; readonly message: string; readonly position: Position };

/** A `.down.sql` file is a rollback from its first line; elsewhere a marker begins the rollback. */
export function parseMigration(path: string, text: string, parser: Parser): Parsed {
  const index = byteIndex(text);
  let raw: readonly RawStmt[];
  let tokens: readonly ScanToken[];
  // The parser takes NUL for the end of the text and would never see what follows; the server refuses it.
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    const position = lineIndex(text)(nul);
    return { kind: 'syntax-error', message: 'there is a NUL character', position };
  }
  try {
    // In this order: the scanner alone does not say where an unfinished string began.
    raw = parser.parse(text).stmts ?? [];
    tokens = parser.scan(text);
  } catch (error) {
    const complaint = parser.complaint(error);
    if (complaint === undefined) throw error;
    const position = index.position(index.ofCharacter(complaint.character));
    return { kind: 'syntax-error', message: complaint.message, position };
  }
  const directives = [...directivesIn(tokens), ...ignoresInBlocks(raw, tokens, parser)];
  const code = tokens.filter((token) => token.tokenName !== 'SQL_COMMENT' && token.tokenName !== 'C_COMMENT');
  const sectionAt = (byte: number) => {
    const marker = directives.findLast(({ kind, at }) => at < byte && (kind === 'down' || kind === 'up'));
    return marker === undefined ? (path.endsWith('.down.sql') ? 'down' : 'up') : marker.kind === 'down' ? 'down' : 'up';
  };
  const advance = (token: number, byte: number) => {
    let at = token;
    while (at < code.length && (code[at]?.start ?? byte) < byte) at++;
    return at;
  };
  let next = 0;
  const statements = raw.flatMap(({ stmt, stmt_location = 0, stmt_len }, at) => {
    if (stmt === undefined) return [];
    const limit = stmt_len === undefined || stmt_len === 0 ? Number.POSITIVE_INFINITY : stmt_location + stmt_len;
    const from = advance(next, stmt_location);
    // The last statement has no length when its semicolon is missing.
    next = advance(from, limit);
    const own = code.slice(from, next).filter(({ text: token }) => token !== ';' || stmt_len !== undefined);
    const start = own[0]?.start ?? stmt_location;
    return expand(statementOf(stmt, own, at, sectionAt(start), index), parser, index);
  });
  return { kind: 'parsed', file: { path, text, statements, directives, tokens, positionOf: index.position } };
}

function statementOf(
  node: Node,
  tokens: readonly ScanToken[],
  index: number,
  section: 'up' | 'down',
  bytes: ByteIndex,
): Statement {
  const start = tokens[0]?.start ?? 0;
  const end = tokens.at(-1)?.end ?? start;
  const text = bytes.slice(start, end);
  const parts = readStatement(node);
  const ranges =
    'AlterTableStmt' in node
      ? alterParts(tokens, node.AlterTableStmt.relation?.location ?? start, end)
      : [{ start, end }];
  const actions = parts.flatMap((actionsOfPart, part): PlacedAction[] => {
    const range = ranges[part] ?? { start, end };
    return actionsOfPart.map((action) => ({ action, start: range.start, text: bytes.slice(range.start, range.end) }));
  });
  return {
    index,
    section,
    node,
    start,
    end,
    span: { start, end },
    text,
    actions,
    block: undefined,
    tokens,
    positionOf: bytes.position,
  };
}

/** A DO block becomes the statements inside it. What is put together at run time stays unread, and says so. */
function expand(statement: Statement, parser: Parser, bytes: ByteIndex): Statement[] {
  if (!('DoStmt' in statement.node)) return [statement];
  const unread: Action = { kind: 'dynamic-sql' };
  const { line, column } = bytes.position(statement.start);
  const inner = blockStatements(statement, parser);
  if (inner === undefined)
    return [{ ...statement, actions: [{ action: unread, start: statement.start, text: statement.text }] }];
  const body = statement.tokens.find((token) => token.tokenName === 'SCONST');
  const firstLine = body === undefined ? line : bytes.position(body.start).line;
  const found = inner.flatMap((part): Statement[] => {
    const position = { line: firstLine + part.line - 1, column: firstLine + part.line - 1 === line ? column : 1 };
    const block = { inLoop: part.inLoop, first: false, last: false };
    const shared = {
      span: statement.span,
      index: statement.index,
      section: statement.section,
      positionOf: () => position,
      block,
    };
    const sql = part.sql;
    const parsed = sql === undefined ? undefined : tryParse(sql, parser);
    if (sql === undefined || parsed === undefined) {
      const placed = { action: unread, start: statement.start, text: sql ?? 'EXECUTE …' };
      return [{ ...statement, ...shared, text: placed.text, actions: [placed] }];
    }
    const inside = byteIndex(sql);
    const tokens = parser.scan(sql).filter(({ tokenName }) => tokenName !== 'SQL_COMMENT' && tokenName !== 'C_COMMENT');
    return [{ ...statementOf(parsed, tokens, statement.index, statement.section, inside), ...shared }];
  });
  return found.map((each, at) => {
    const inLoop = each.block?.inLoop === true;
    return { ...each, block: { inLoop, first: at === 0, last: at === found.length - 1 } };
  });
}

function blockStatements(statement: Statement, parser: Parser) {
  const options = 'DoStmt' in statement.node ? (statement.node.DoStmt.args ?? []) : [];
  const language = options.find((node) => 'DefElem' in node && node.DefElem.defname === 'language');
  const name = language !== undefined && 'DefElem' in language ? language.DefElem.arg : undefined;
  if (name !== undefined && 'String' in name && name.String.sval !== 'plpgsql') return undefined;
  try {
    return statementsOfBlock(parser.parsePlpgsql(statement.text));
  } catch {
    // PL/pgSQL that the server would refuse: nothing in it can be judged.
    return undefined;
  }
}

function tryParse(sql: string, parser: Parser): Node | undefined {
  try {
    return parser.parse(sql).stmts?.[0]?.stmt;
  } catch (error) {
    if (parser.complaint(error) === undefined) throw error;
    return undefined;
  }
}

/** Ignore comments inside the dollar-quoted bodies of DO blocks, which are one string to the scanner. */
function ignoresInBlocks(raw: readonly RawStmt[], tokens: readonly ScanToken[], parser: Parser): Directive[] {
  if (!raw.some(({ stmt }) => stmt !== undefined && 'DoStmt' in stmt)) return [];
  return tokens.flatMap((token) => {
    const quote = token.tokenName === 'SCONST' ? /^\$[^$]*\$/.exec(token.text)?.[0] : undefined;
    if (quote === undefined || !token.text.includes('sluice-ignore')) return [];
    const offset = token.start + Buffer.byteLength(quote);
    const inner = tryScan(token.text.slice(quote.length, -quote.length), parser);
    return directivesIn(inner).flatMap((directive) =>
      directive.kind === 'ignore' ? [{ ...directive, at: directive.at + offset, end: directive.end + offset }] : [],
    );
  });
}

function tryScan(text: string, parser: Parser): readonly ScanToken[] {
  try {
    return parser.scan(text);
  } catch {
    // Not SQL, whatever else it is.
    return [];
  }
}
