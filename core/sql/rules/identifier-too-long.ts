import { fileRule } from '../rule.ts';

/** NAMEDATALEN - 1, in bytes. */
const longest = 63;

export const identifierTooLong = fileRule({
  id: 'identifier-too-long',
  severity: 'warning',
  summary: 'Names are cut to 63 bytes without an error, and two long names can become the same.',
  *check({ file }) {
    for (const { tokenName, text, start } of file.tokens) {
      if (tokenName !== 'IDENT') continue;
      const name = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
      const bytes = Buffer.byteLength(name);
      if (bytes <= longest) continue;
      const statement = file.statements.find(({ span }) => span.start <= start && start < span.end);
      if (statement?.block !== undefined) continue;
      yield {
        message: `The name has ${bytes} bytes; PostgreSQL keeps ${longest} and says no more than a notice.`,
        ...(statement === undefined ? {} : { statement }),
        at: start,
        rewrite: `-- ${Buffer.from(name)
          .subarray(0, longest)
          .toString('utf8')
          .replace(/\ufffd+$/, '')}`,
      };
    }
  },
});
