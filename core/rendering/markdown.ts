import { formatCount } from './numbers.ts';
import { makeVisible, onOneLine } from './visible.ts';

/** Keeps GitHub from making a mention, an issue link, an autolink or an emoji of what follows; shows nothing itself. */
const separator = '\u200b';

/**
 * Any text as one line of plain words in GitHub's markdown, in a paragraph, a heading or a table cell.
 * GitHub looks for mentions and links in the finished page, where backslashes and entities no longer protect: hence the separators.
 */
export function markdownText(text: string): string {
  return (
    unlink(onOneLine(text))
      .replace(/[\\`*_[\]{}|~]/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(separator, '&#8203;')
      // GitHub reads $…$ as mathematics whatever precedes the sign; its documentation names this way out.
      .replaceAll('$', '<span>&#36;</span>')
      .replace(/^[-+=:#]/, '\\$&')
      .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
  );
}

/** Any text inside an HTML element of a page or of a comment, or inside a double-quoted attribute. */
export function htmlText(text: string): string {
  return unlink(onOneLine(text))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;')
    .replaceAll('$', '&#36;')
    .replaceAll(separator, '&#8203;');
}

/** Any text as inline code; GitHub leaves it alone there. Empty text cannot be code and says so in words. */
export function inlineCode(text: string): string {
  const line = onOneLine(text);
  if (line.trim() === '') return line === '' ? '(empty)' : '(spaces)';
  const fence = '`'.repeat(longestRun(line, '`') + 1);
  const padding = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/**
 * As `inlineCode`, in a table, where a bar ends the cell even inside code. A backslash before the bar would undo its escape, and
 * cannot be escaped inside backticks.
 */
export function inlineCodeInCell(text: string): string {
  if (text.includes('|') && text.includes('\\')) {
    return `<code>${markdownText(text).replaceAll('\\|', '&#124;')}</code>`;
  }
  return inlineCode(text).replaceAll('|', '\\|');
}

/**
 * A sentence in which words between backticks are code, as our own messages are written. A stranger's backtick in such a message may
 * shift what is code and what is words; either way it is only that.
 */
export function markdownProse(text: string, code: (text: string) => string = inlineCode): string {
  const parts = onOneLine(text).split('`');
  if (parts.length % 2 === 0) return markdownText(text);
  return parts.map((part, at) => (at % 2 === 1 ? code(part) : wordsBetween(part))).join('');
}

/** `markdownText`, but spaces at the ends stay, since code follows or precedes. */
function wordsBetween(text: string): string {
  return text === '' ? '' : markdownText(text);
}

/** A fenced block. `language` is ours, never a stranger's. */
export function fencedCode(language: string, text: string): string {
  const body = makeVisible(text).replace(/\n+$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(body, '`') + 1));
  return `${fence}${language}\n${body}\n${fence}`;
}

/** An address for a markdown link or an attribute; anything but http(s) is refused, since only Sluice makes addresses. */
export function linkTarget(address: string): string {
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError('only http(s) addresses are linked');
  // An underscore within a word means nothing, and GitHub's own anchors have some.
  return url.href.replace(/[()<>|\\`'"*~[\]{}$@\s]|(?<![0-9a-z])_|_(?![0-9a-z])/gi, (character) =>
    encodeURIComponent(character).replace(/^[()'*_~]$/, percent),
  );
}

/**
 * A long text, cut at a boundary of whole characters, that says that it was cut.
 * @param limit in UTF-16 units, as GitHub's own limits are never stricter than that
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A long name, cut in its middle so that both ends tell it from others: `abc … 2,900 more … xyz`. */
export function shortenMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor((limit - 20) / 2);
  const head = text.slice(0, half).replace(/[\ud800-\udbff]$/, '');
  const tail = text.slice(-half).replace(/^[\udc00-\udfff]/, '');
  return `${head} … ${formatCount(text.length - head.length - tail.length)} more … ${tail}`;
}

/** Lines for the inside of a `<pre>` among HTML: an empty line would end the block, and what follows would be markdown again. */
export function preformatted(lines: readonly string[]): string {
  return lines
    .map((line) => {
      const shown = onOneLineKept(line)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('$', '&#36;');
      return shown.trim() === '' ? '&#160;' : shown;
    })
    .join('\n');
}

/** One line with its spaces as they are. */
function onOneLineKept(line: string): string {
  return makeVisible(line).replace(/[\n\t\v\f]/g, ' ');
}

function unlink(text: string): string {
  return text
    .replaceAll('@', `@${separator}`)
    .replace(/#(?=\d)/g, `#${separator}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${separator}`)
    .replace(/:(?=\/\/)/g, `:${separator}`)
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}${separator}.`)
    .replace(/:(?=[\w+-]+:)/g, `:${separator}`);
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const each of text) {
    run = each === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
