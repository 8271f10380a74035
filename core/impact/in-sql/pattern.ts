import { quoteText } from '../../migration/sql-literal.ts';

/** Letters, digits and signs that mean themselves in both languages, also behind a backslash where they are signs. */
const literal = String.raw`[A-Za-z0-9 _\-:,;@#%&=!<>~/"']|\\[.\-/_:+*?()[\]{}|^$\\]|\\d`;
const inSet = String.raw`(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9 _:,;@#%&=!<>~/"'.+*?()]|\\[.\-/\]\\^]|\\d)`;
const atom = String.raw`(?:${literal}|\[${inSet}+-?\])`;
const quantifier = String.raw`(?:[*+?]|\{\d{1,2}(?:,(?:\d{1,2})?)?\})?`;
const understood = new RegExp(String.raw`^\^?(?:${atom}${quantifier})*\$?$`);

/**
 * A pattern of ECMA-262 as one of PostgreSQL that matches the same texts: ASCII letters, digits, sets of them and counts, with or without
 * anchors. The two languages differ in nearly everything else (`.`, `\w`, `\b`, classes beyond ASCII). Undefined: not one of those.
 */
export function patternInSql(source: string): string | undefined {
  if (source.length > 200 || !understood.test(source)) return undefined;
  try {
    // Ranges the wrong way round and such.
    void new RegExp(source, 'u');
  } catch {
    return undefined;
  }
  // What counts as a digit depends on PostgreSQL's collation.
  const spelled = source.replaceAll(/\\(.)|\[|\]/g, spelling());
  return `${quoteText(spelled)} COLLATE "C"`;
}

function spelling(): (part: string, escaped: string | undefined) => string {
  let isInSet = false;
  return (part, escaped) => {
    if (part === '[' || part === ']') isInSet = part === '[';
    if (escaped !== 'd') return part;
    return isInSet ? '0-9' : '[0-9]';
  };
}
