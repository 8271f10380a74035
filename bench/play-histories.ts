import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderReport } from '../core/rendering/comment/report.ts';
import { renderReportPage } from '../core/rendering/report-html.ts';
import { commentPage } from '../sandbox/picture/comment-page.ts';
import { historyPairs, playPullRequest } from './histories.ts';

/**
 * Plays the histories of real schemas as pull requests, each forwards and taken back, and writes the longest comments as pages to look at.
 * Parameters: the folder of the pairs, the folder to write to.
 */
const [from = '../shared/compat', to = 'histories'] = process.argv.slice(2);
const pairs = historyPairs(from, ['iglu-central', 'schemastore']);
const played: { id: string; verdict: string; markdown: string; page: string }[] = [];
for (const pair of pairs) {
  const { review, input } = await playPullRequest(pair);
  const markdown = renderReport(input, (text) => text.length <= 65_000);
  played.push({ id: pair.id, verdict: review.verdict, markdown, page: renderReportPage(input) });
}
for (const verdict of new Set(played.map((each) => each.verdict))) {
  console.log(`${verdict}: ${played.filter((each) => each.verdict === verdict).length}`);
}
const longest = [...played].sort((a, b) => b.markdown.length - a.markdown.length).slice(0, 10);
await mkdir(to, { recursive: true });
for (const [at, { id, markdown, page }] of longest.entries()) {
  console.log(`${markdown.length} characters: ${id}`);
  await writeFile(join(to, `${at}-comment.html`), commentPage(markdown));
  await writeFile(join(to, `${at}-report.html`), page);
}
console.log(`${played.length} pull requests played; the longest comments are in ${to}`);
