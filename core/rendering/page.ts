import { makeVisible } from './visible.ts';

/** Any text in an element or a double-quoted attribute of a page of our own, where nobody looks for mentions or links. */
export function pageText(text: string): string {
  return makeVisible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The same, with words between backticks as code. */
export function pageProse(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return pageText(text);
  return parts.map((part, at) => (at % 2 === 1 ? `<code>${pageText(part)}</code>` : pageText(part))).join('');
}
