import type { Client, Connection } from 'pg';

/** What pg hands to a query while the server answers it. */
interface Submitted {
  readonly text: string;
  submit(connection: Connection): void;
  handleCopyData(message: { readonly chunk: Buffer }): void;
  handleCommandComplete(): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/**
 * Runs `COPY (…) TO STDOUT`. Each row is handed over as the server sends it, while it works on the next ones, as bytes of COPY's text format; they are only
 * good until `onRow` returns. Rejects with the error of the server, of the connection, or of `onRow`, after which it gets no more rows.
 */
export function copyOut(client: Client, query: string, onRow: (row: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: { readonly error: unknown } | undefined;
    const submitted: Submitted = {
      text: query,
      submit: (connection) => connection.query(query),
      handleCopyData({ chunk }) {
        if (failure !== undefined) return;
        try {
          onRow(chunk);
        } catch (error) {
          failure = { error };
        }
      },
      handleCommandComplete: () => undefined,
      // oxlint-disable-next-line prefer-promise-reject-errors
      handleReadyForQuery: () => (failure === undefined ? resolve() : reject(failure.error)),
      handleError: reject,
    };
    client.query(submitted);
  });
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The texts of a row, which may be of several columns; `\N`, a NULL, is undefined. */
export function* fieldsOf(row: Buffer): Generator<string | undefined> {
  const end = row.at(-1) === 10 ? row.length - 1 : row.length;
  for (let at = 0; at <= end; ) {
    const tab = row.indexOf(9, at);
    const next = tab === -1 ? end : tab;
    const text = row.toString('utf8', at, next);
    if (!text.includes('\\')) yield text;
    else
      yield text === '\\N' ? undefined : text.replaceAll(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter);
    at = next + 1;
  }
}
