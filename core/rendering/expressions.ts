import type { Json } from '../schema/json.ts';
import { abridge } from './abridge.ts';
import {
  fencedCode,
  htmlText,
  inlineCode,
  inlineCodeInCell,
  linkTarget,
  markdownProse,
  markdownText,
  preformatted,
  shorten,
  shortenMiddle,
} from './markdown.ts';
import { formatCount } from './numbers.ts';
import { pageProse, pageText } from './page.ts';
import { handlebarsRuntime } from './runtime.ts';
import { onOneLine, visibleJson } from './visible.ts';

/**
 * What a template may say between braces. `{{x}}` alone means `{{text x}}` in markdown and `{{page x}}` in `*.html.hbs`.
 * A missing value throws: a comment with a hole in it is worse than a red build.
 */
export const expressions: Record<string, (...parameters: never[]) => unknown> = {
  text: (value: unknown) => safe(markdownText(asWords(value))),
  html: (value: unknown) => safe(htmlText(asName(value))),
  code: (value: unknown) => safe(inlineCode(asName(value))),
  cell: (value: unknown) => safe(inlineCodeInCell(asName(value))),
  prose: (value: unknown) => safe(markdownProse(asWords(value))),
  proseCell: (value: unknown) => safe(markdownProse(asWords(value), inlineCodeInCell)),
  pre: (lines: readonly string[]) => safe(preformatted(lines)),
  page: (value: unknown) => safe(pageText(asWords(value))),
  pageProse: (value: unknown) => safe(pageProse(asWords(value))),
  /** The inside of <pre> on a page, whole. */
  pageWhole: (value: unknown) => safe(pageText(asText(value))),
  /** JSON for the inside of <pre> on a page. */
  pageJson: (value: unknown) => safe(pageText(readableJson(value))),
  /** For messages of plain text, where nothing is markup. */
  plain: (value: unknown) => safe(onOneLine(asWords(value))),
  fence: (language: string, value: unknown) => safe(fencedCode(language, asText(value))),
  json: (value: unknown) => safe(fencedCode('json', readableJson(value))),
  url: (value: unknown) => safe(linkTarget(asText(value))),
  number: (value: number) => formatCount(value),
  short: (value: unknown, limit: number) => shorten(asText(value), limit),
  is: (left: unknown, right: unknown) => left === right,
};

/** Strangers choose how long their names are; nobody reads more than this of one. */
const longestName = 160;
const longestText = 2_000;

function asWords(value: unknown): string {
  const words = asText(value).replace(/[^\s`]+/g, (word) => shortenMiddle(word, longestName));
  return shortenMiddle(words, longestText);
}

function asName(value: unknown): string {
  return shortenMiddle(asText(value), longestName);
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new TypeError(`a template asks for text and gets ${value === null ? 'null' : typeof value}`);
}

/** Small documents on one line, as people write them; big ones indented and cut. */
function readableJson(value: unknown): string {
  const abridged = abridge(value as Json);
  const line = visibleJson(abridged, 1).replace(/\n\s*/g, ' ');
  if (line.length <= 100) return line;
  return shorten(visibleJson(abridged, 2), 4_000);
}

function safe(text: string): object {
  return new handlebarsRuntime.SafeString(text);
}
