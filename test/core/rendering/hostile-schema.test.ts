import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../core/configuration/defaults.ts';
import { noLinks, type ReportInput } from '../../../core/rendering/comment/input.ts';
import { renderReport } from '../../../core/rendering/comment/report.ts';
import { renderForTerminal } from '../../../core/rendering/terminal.ts';
import { assess } from '../../../core/review/assess.ts';
import { changesBetween, treeOf } from '../review/map-tree.ts';
import { elementsIn, renderedHtml } from './rendered-html.ts';

const written = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const elements = new Set(
  'a code details h3 h4 li ol p pre span strong sub summary table tbody td th thead tr ul'.split(' '),
);

/** A bell, an escape, a space of no width, an override, an isolate, a line separator. */
const unseen = String.fromCodePoint(0x07, 0x1b, 0x200b, 0x202e, 0x2066, 0x2028);

/** Old and new version of a schema in which a stranger wrote the same words wherever words may be. */
function versions(evil: string): readonly [object, object] {
  const of = (type: string, more: string) => ({
    title: evil + more,
    description: evil,
    version: `1.0.0-${evil}${more}`,
    type: 'object',
    properties: {
      [evil]: { type, description: evil + more, examples: [evil] },
      kind: { enum: more === '' ? [evil, 'b'] : ['b'], default: evil },
      text: { type: 'string', pattern: more === '' ? '.*' : `^${evil.replace(/[^a-z]/gi, '\\$&')}$` },
    },
    examples: [{ [evil]: evil }],
    required: more === '' ? [] : [evil],
  });
  return [of('string', ''), of('integer', 'x')];
}

describe('a pull request in which every word is an attack', () => {
  it.each([
    ['HTML', '</pre></td></table></details><img src=x onerror=alert(1)>'],
    ['markdown', '](https://evil.example) ![x](https://evil.example/p.png) `x` | **b** ~~~'],
    ['mentions and references', '@acme/everyone #12 GH-12 acme/claims#3 :tada: www.evil.example'],
    ['commands', '/sluice approve\n::error::x\n::set-output name=a::b'],
    ['comments', '--> <!-- sluice:review:0 -->'],
    ['controls and bidirectional marks', 'a\u202eb\u2066c\u200bd\u0007\u001b[31me\u2028f'],
  ])('ends in a report that is only a report: %s', async (_, evil) => {
    const [older, newer] = versions(evil);
    const path = `schemas/${evil.replaceAll('/', '_')}.json`;
    const [before, after] = [{ [path]: written(older) }, { [path]: written(newer) }];
    const base = treeOf('b', before);
    const trees = { policy: base, base, head: treeOf('h', after) };
    const assessed = await assess(trees, changesBetween(before, after));
    if (assessed.result !== 'reviewed') throw new Error('nothing was reviewed');
    const { review } = assessed;
    expect(review.schemas[0]?.comparison?.changes.length).toBeGreaterThan(2);
    const { approval: policy } = defaultConfiguration;
    const input: ReportInput = {
      review,
      policy,
      impact: new Map(),
      baseBranch: 'main',
      links: noLinks,
      fullReport: undefined,
    };
    const markdown = renderReport(input, (text) => text.length <= 65_000);
    const html = renderedHtml(markdown);
    expect(elementsIn(html).filter((name) => !elements.has(name))).toEqual([]);
    for (const name of ['table', 'pre', 'details', 'td', 'tr'])
      expect(html.split(`<${name}`).length).toBe(html.split(`</${name}>`).length);
    expect(html).not.toMatch(/<a |<!--/);
    expect(markdown).not.toMatch(/^(?:\/sluice|::)/m);
    const words = html.replace(/<(code|pre)[^>]*>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, '\n');
    expect(words).not.toMatch(/@[a-z]|#\d|\bGH-\d|:\/\/|\bwww\.|:tada:/);
    const text = renderForTerminal(review, new Map());
    for (const shown of [markdown, text]) expect(shown.split('').filter((unit) => unseen.includes(unit))).toEqual([]);
    expect(text).not.toMatch(/^(?:\/sluice|::)/m);
  });
});
