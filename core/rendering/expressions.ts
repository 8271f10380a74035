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
import { handlebarsRuntime } from './runtime.ts';
import { makeVisible, visibleJson } from './visible.ts';

/**
 * What a template may say between braces. `{{x}}` alone means `{{text x}}` in markdown and `{{html x}}` in `*.html.hbs`.
 * A missing value throws: a comment with a hole in it is worse than a red build.
 */
export const expressions: Record<string, (...parameters: never[]) => unknown> = {
  text: (value: unknown) => safe(markdownText(asText(value))),
  html: (value: unknown) => safe(htmlText(asText(value))),
  code: (value: unknown) => safe(inlineCode(asText(value))),
  cell: (value: unknown) => safe(inlineCodeInCell(asText(value))),
  prose: (value: unknown) => safe(markdownProse(asText(value))),
  proseCell: (value: unknown) => safe(markdownProse(asText(value), inlineCodeInCell)),
  /** Text of many lines inside <pre> of a page. */
  lines: (value: unknown) => safe(makeVisible(asText(value)).split('\n').map(htmlText).join('\n')),
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
