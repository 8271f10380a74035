import {
  fencedCode,
  htmlText,
  inlineCode,
  inlineCodeInCell,
  linkTarget,
  markdownProse,
  markdownText,
  shorten,
} from './markdown.ts';
import { formatCount } from './numbers.ts';
import { pageProse, pageText } from './page.ts';
import { handlebarsRuntime } from './runtime.ts';
import { visibleJson } from './visible.ts';

/**
 * What a template may say between braces. `{{x}}` alone means `{{text x}}` in markdown and `{{page x}}` in `*.html.hbs`.
 * A missing value throws: a comment with a hole in it is worse than a red build.
 */
export const expressions: Record<string, (...parameters: never[]) => unknown> = {
  text: (value: unknown) => safe(markdownText(asText(value))),
  html: (value: unknown) => safe(htmlText(asText(value))),
  code: (value: unknown) => safe(inlineCode(asText(value))),
  cell: (value: unknown) => safe(inlineCodeInCell(asText(value))),
  prose: (value: unknown) => safe(markdownProse(asText(value))),
  proseCell: (value: unknown) => safe(markdownProse(asText(value), inlineCodeInCell)),
  page: (value: unknown) => safe(pageText(asText(value))),
  pageProse: (value: unknown) => safe(pageProse(asText(value))),
  /** JSON for the inside of <pre> on a page. */
  pageJson: (value: unknown) => safe(pageText(readableJson(value))),
  fence: (language: string, value: unknown) => safe(fencedCode(language, asText(value))),
  json: (value: unknown) => safe(fencedCode('json', readableJson(value))),
  url: (value: unknown) => safe(linkTarget(asText(value))),
  number: (value: number) => formatCount(value),
  short: (value: unknown, limit: number) => shorten(asText(value), limit),
  is: (left: unknown, right: unknown) => left === right,
};

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new TypeError(`a template asks for text and gets ${value === null ? 'null' : typeof value}`);
}

/** Small documents on one line, as people write them; big ones indented and cut. */
function readableJson(value: unknown): string {
  const line = visibleJson(value, 1).replace(/\n\s*/g, ' ');
  if (line.length <= 100) return line;
  return shorten(visibleJson(value, 2), 4_000);
}

function safe(text: string): object {
  return new handlebarsRuntime.SafeString(text);
}
