import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** GitHub's markdown as HTML, raw HTML included, as a browser would get it before GitHub removes what it does not allow. */
export function renderedHtml(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** Names of the elements in some HTML, each once. */
export function elementsIn(html: string): string[] {
  return [...new Set([...html.matchAll(/<([a-z!][a-z0-9-]*)/gi)].map((match) => match[1] ?? ''))].sort();
}

/** What a reader sees: no tags, entities resolved, Sluice's own separators gone. */
export function visibleText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\u200b', '');
}
