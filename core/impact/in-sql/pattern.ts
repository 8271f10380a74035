import { quoteText } from '../../migration/sql-literal.ts';

const longest = 300;
const deepest = 5;

/** Letters, digits and signs that mean themselves in both languages, signs with a meaning behind a backslash. */
const character = /^(?:[A-Za-z0-9 _\-:,;@#%&=!<>~/"']|\\[.\-/_:+*?()[\]{}|^$\\])/;
const set = /^\[(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9 _:,;@#%&=!<>~/"'.+*?()]|\\[.\-/\]\\^]|\\d)+-?\]/;
const quantifier = /^(?:[*+?]|\{\d{1,2}(?:,(?:\d{1,2})?)?\})/;
/** What counts as a digit depends on PostgreSQL's collation. */
const digit = '0-9';

/**
 * A pattern of ECMA-262 as one of PostgreSQL that matches the same texts: ASCII letters, digits, sets of them, groups, choices and counts,
 * with or without anchors. The languages differ in nearly everything else (`.`, `\w`, `\b`, classes beyond ASCII). Undefined: not one of those.
 */
export function patternInSql(source: string): string | undefined {
  if (source.length > longest) return undefined;
  try {
    // Ranges the wrong way round and such.
    void new RegExp(source, 'u');
  } catch {
    return undefined;
  }
  const spelled = source === '' ? { text: '', rest: '' } : choice(source, 0);
  return spelled === undefined || spelled.rest !== '' ? undefined : `${quoteText(spelled.text)} COLLATE "C"`;
}

interface Spelled {
  readonly text: string;
  readonly rest: string;
}

/** Branches with `|` between them; those outside of groups may begin and end with an anchor. */
function choice(source: string, depth: number): Spelled | undefined {
  let text = '';
  let rest = source;
  for (;;) {
    const spelled = branch(rest, depth);
    if (!spelled) return undefined;
    text += spelled.text;
    rest = spelled.rest;
    if (!rest.startsWith('|')) return { text, rest };
    text += '|';
    rest = rest.slice(1);
  }
}

function branch(source: string, depth: number): Spelled | undefined {
  const isAnchored = depth === 0 && source.startsWith('^');
  let text = isAnchored ? '^' : '';
  let rest = isAnchored ? source.slice(1) : source;
  for (let next = piece(rest, depth); next; next = piece(rest, depth)) {
    text += next.text;
    rest = next.rest;
  }
  if (depth === 0 && rest.startsWith('$')) return { text: `${text}$`, rest: rest.slice(1) };
  return text === '' ? undefined : { text, rest };
}

/** One character, set or group, and how often. */
function piece(source: string, depth: number): Spelled | undefined {
  const one = single(source) ?? group(source, depth);
  if (!one) return undefined;
  const [count = ''] = quantifier.exec(one.rest) ?? [];
  return { text: one.text + count, rest: one.rest.slice(count.length) };
}

function single(source: string): Spelled | undefined {
  if (source.startsWith('\\d')) return { text: `[${digit}]`, rest: source.slice(2) };
  const [found] = character.exec(source) ?? set.exec(source) ?? [];
  if (found === undefined) return undefined;
  const text = found.startsWith('[') ? found.replaceAll(/\\(.)/g, (all, sign) => (sign === 'd' ? digit : all)) : found;
  return { text, rest: source.slice(found.length) };
}

function group(source: string, depth: number): Spelled | undefined {
  const [open] = /^\((?:\?:)?(?!\?)/.exec(source) ?? [];
  const inside = open === undefined || depth === deepest ? undefined : choice(source.slice(open.length), depth + 1);
  return inside?.rest.startsWith(')') ? { text: `(?:${inside.text})`, rest: inside.rest.slice(1) } : undefined;
}
