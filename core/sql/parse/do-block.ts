/** A statement of PL/pgSQL that reaches the database. */
export interface BlockStatement {
  /** Line within the block's text, from 1. */
  readonly line: number;
  /** SQL text, or undefined when it is put together at run time. */
  readonly sql: string | undefined;
  readonly inLoop: boolean;
}

const loops = /^PLpgSQL_stmt_(loop|while|fori|fors|forc|foreach_a|dynfors)$/;

/** The SQL in the parse tree of a DO block, in the order of the text; both sides of every IF. */
export function statementsOfBlock(tree: unknown): BlockStatement[] {
  return [...search(tree, false)];
}

function* search(value: unknown, inLoop: boolean): Generator<BlockStatement> {
  if (Array.isArray(value)) {
    for (const item of value) yield* search(item, inLoop);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'PLpgSQL_stmt_execsql') yield { line: lineOf(inner), sql: queryOf(inner, 'sqlstmt'), inLoop };
    else if (key === 'PLpgSQL_stmt_perform') yield { line: lineOf(inner), sql: queryOf(inner, 'expr'), inLoop };
    else if (key === 'PLpgSQL_stmt_dynexecute') yield { line: lineOf(inner), sql: undefined, inLoop };
    else if (key === 'PLpgSQL_stmt_commit') yield { line: lineOf(inner), sql: 'COMMIT', inLoop };
    else if (key === 'PLpgSQL_stmt_rollback') yield { line: lineOf(inner), sql: 'ROLLBACK', inLoop };
    else yield* search(inner, inLoop || loops.test(key));
  }
}

function lineOf(statement: unknown): number {
  const line = (statement as { readonly lineno?: unknown }).lineno;
  return typeof line === 'number' ? line : 1;
}

function queryOf(statement: unknown, field: string): string | undefined {
  const expression = (statement as Readonly<Record<string, { readonly PLpgSQL_expr?: { readonly query?: unknown } }>>)[
    field
  ];
  const query = expression?.PLpgSQL_expr?.query;
  return typeof query === 'string' ? query : undefined;
}
