import type { ScanToken } from 'libpg-query';

/** An instruction to the linter in a comment. `at` is its byte offset. */
export type Directive =
  /** What follows undoes what came before. Also understood as goose and dbmate write it. */
  | { readonly kind: 'down'; readonly at: number }
  | { readonly kind: 'up'; readonly at: number }
  | { readonly kind: 'irreversible'; readonly reason: string; readonly at: number }
  /** The tool does not wrap this file in a transaction. */
  | { readonly kind: 'no-transaction'; readonly at: number }
  | {
      readonly kind: 'ignore';
      readonly scope: 'statement' | 'file';
      readonly rules: readonly string[];
      readonly reason: string;
      readonly at: number;
      readonly end: number;
    };

/** The directives of a file, in order. Comments are found by PostgreSQL's own scanner, so text in quotes is never one. */
export function directivesIn(tokens: readonly ScanToken[]): Directive[] {
  return tokens.flatMap((token) =>
    token.tokenName === 'SQL_COMMENT' ? read(token.text.slice(2).trim(), token.start, token.end) : [],
  );
}

function read(comment: string, at: number, end: number): Directive[] {
  if (/^(sluice:|migrate:|\+goose )down\b/i.test(comment)) return [{ kind: 'down', at }];
  if (/^\+goose no transaction\b/i.test(comment) || /^sluice:no-transaction\b/.test(comment)) {
    return [{ kind: 'no-transaction', at }];
  }
  if (/^(sluice:|migrate:|\+goose )up\b/i.test(comment)) {
    return [
      { kind: 'up', at },
      ...(/\btransaction:\s*false\b/.test(comment) ? [{ kind: 'no-transaction', at } as const] : []),
    ];
  }
  const irreversible = /^sluice:irreversible\b:?(.*)$/.exec(comment);
  if (irreversible !== null) return [{ kind: 'irreversible', reason: (irreversible[1] ?? '').trim(), at }];
  const ignore = /^sluice-ignore(-file)?\b([^:]*)(?::(.*))?$/.exec(comment);
  if (ignore === null) return [];
  const [, whole, rules = '', reason = ''] = ignore;
  return [
    {
      kind: 'ignore',
      scope: whole === undefined ? 'statement' : 'file',
      rules: rules.split(/[\s,]+/).filter((rule) => rule !== ''),
      reason: reason.trim(),
      at,
      end,
    },
  ];
}
