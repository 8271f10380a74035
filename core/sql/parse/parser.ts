import type { ParseResult, ScanToken } from 'libpg-query';

/** PostgreSQL's own parser, compiled to WebAssembly. Offsets are bytes of UTF-8. */
export interface Parser {
  readonly parse: (sql: string) => ParseResult;
  readonly scan: (sql: string) => readonly ScanToken[];
  /** Parse tree of the PL/pgSQL in a DO block or CREATE FUNCTION; throws when it is not PL/pgSQL. */
  readonly parsePlpgsql: (sql: string) => unknown;
  /** What the parser said is wrong with the text, and at which character; undefined when it is another error. */
  readonly complaint: (error: unknown) => { readonly message: string; readonly character: number } | undefined;
}

let loading: Promise<Parser> | undefined;

/**
 * Loads the parser once per process. The only door to the WASM file (1.7 MB): who never lints SQL never reads it.
 * @throws when the file is not where the package, or the bundle, left it
 */
export function loadParser(): Promise<Parser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Parser> {
  const { loadModule, parseSync, scanSync, parsePlPgSQLSync, hasSqlDetails } = await import('libpg-query');
  await loadModule();
  return {
    // The binding refuses an empty text, which PostgreSQL does not.
    parse: (sql) => (sql === '' ? { stmts: [] } : parseSync(sql)),
    scan: (sql) => (sql === '' ? [] : scanSync(withoutControls(sql)).tokens),
    parsePlpgsql: parsePlPgSQLSync,
    complaint: (error) => {
      // Thousands of nested expressions overflow the stack, here or in the WASM.
      if (error instanceof RangeError) return { message: 'it is nested too deeply to be read', character: 0 };
      return hasSqlDetails(error)
        ? { message: error.message, character: error.sqlDetails?.cursorPosition ?? 0 }
        : undefined;
    },
  };
}

/**
 * The binding's scanner answers in JSON and forgets to escape control characters. What they are inside a name or a string
 * does not matter to the linter, only that they take as many bytes; outside they are spaces, or refused by `parse`.
 */
function withoutControls(sql: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  return sql.replace(/[\u000b\u000c]/g, ' ').replace(/[\u0001-\u0008\u000e-\u001f]/g, '\u007f');
}
