import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { historyPairs, playPullRequest } from '../../../bench/histories.ts';
import { renderReport } from '../../../core/rendering/comment/report.ts';
import { renderReportPage } from '../../../core/rendering/report-html.ts';
import { renderForTerminal } from '../../../core/rendering/terminal.ts';
import { elementsIn, renderedHtml } from './rendered-html.ts';

const folder = fileURLToPath(new URL('../../../../shared/compat', import.meta.url));
const pairs = historyPairs(folder, ['iglu-central', 'schemastore']);

/** A few here, spread over all; `bench/play-histories.ts` plays them all. */
const few = pairs.filter((_, at) => at % 47 === 0);

// The data lies beside a checkout, where there is any.
describe.skipIf(pairs.length === 0)('real histories as pull requests', () => {
  it.each(few.map((pair) => [pair.id, pair] as const))('%s gives a comment that can be read', async (_, pair) => {
    const { review, input } = await playPullRequest(pair);
    const markdown = renderReport(input, (text) => text.length <= 65_000);
    expect(markdown.length).toBeLessThan(65_000);
    expect(markdown.split('\n')[0]).toMatch(/^### [✔✖] /);
    expect(markdown).not.toMatch(/undefined|\[object |NaN/);
    const html = renderedHtml(markdown);
    expect(html.split(/<(?:details|table|pre)\b/)).toHaveLength(html.split(/<\/(?:details|table|pre)>/).length);
    expect(elementsIn(html)).not.toContain('script');
    const words = html.replace(/<(code|pre)[^>]*>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, '\n');
    expect(Math.max(...words.split(/\s/).map((word) => word.length))).toBeLessThanOrEqual(200);
    expect(renderReportPage(input)).toContain('<main id="report">');
    for (const line of renderForTerminal(review, new Map(), undefined, { width: 100 }).split('\n')) {
      expect(line.length).toBeLessThan(400);
    }
  });
});
