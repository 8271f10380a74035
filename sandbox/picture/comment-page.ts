import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const style = `
  body { margin: 0; background: #fff; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; }
  article { width: 820px; padding: 20px 24px; }
  h3 { font-size: 1.25em; margin: 0 0 12px; } p, ul, details { margin: 0 0 12px; } ul { padding-left: 24px; }
  a { color: #0969da; text-decoration: none; }
  code { background: #818b981f; border-radius: 6px; padding: .2em .4em; font: 85% ui-monospace, SFMono-Regular, Menlo, "Liberation Mono", monospace; }
  pre { background: #f6f8fa; border-radius: 6px; padding: 12px 16px; margin: 0 0 12px; } pre code { background: none; padding: 0; }
  table { border-collapse: collapse; margin: 0 0 12px; } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; text-align: left; }
  tr:nth-child(2n) td { background: #f6f8fa; } summary { cursor: pointer; } sub { font-size: 80%; color: #59636e; }`;

/** A comment's markdown as a page that looks as it does on GitHub; the first folded part is opened. */
export function commentPage(markdown: string): string {
  const html = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><article>${html.replace('<details>', '<details open>')}</article>`;
}
