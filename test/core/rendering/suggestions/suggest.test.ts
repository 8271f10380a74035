import { expect, it } from 'vitest';
import { parseConfiguration } from '../../../../core/configuration/parse.ts';
import { renderSuggestion, suggestEdits } from '../../../../core/rendering/suggestions/suggest.ts';
import type { ChangedFile, Tree } from '../../../../core/review/review.ts';
import { reviewPullRequest } from '../../../../core/review/review-pull-request.ts';
import { claim280, claim300, claimPath, migration, migrationPath } from '../../review/claim-files.ts';
import { elementsIn, renderedHtml } from '../rendered-html.ts';

const tooLow = claim300.replace('"version": "3.0.0"', '"version": "2.8.0"');
type Files = Readonly<Record<string, string>>;

async function suggested(before: Files, after: Files, more = '') {
  const tree = (files: Files): Tree => ({
    commit: 'c',
    read: async (path) => files[path],
    list: async () => Object.keys(files),
  });
  const text = `schemas:
  - { files: '**/*.json', compatibility: BACKWARD, target: claims }
targets:
  claims: { table: claims, key: id, document: body }
${more}`;
  const parsed = parseConfiguration({ path: 'c', text });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const changedFiles = Object.keys(after).map(
    (path): ChangedFile => ({ path, status: path in before ? 'modified' : 'added' }),
  );
  const { configuration } = parsed;
  const review = await reviewPullRequest({ base: tree(before), head: tree(after), changedFiles, configuration });
  return suggestEdits(review, changedFiles);
}

it('writes the version that is missing where its line is near a change', async () => {
  expect(await suggested({ [claimPath]: claim280 }, { [claimPath]: tooLow })).toEqual([
    {
      kind: 'version',
      path: claimPath,
      firstLine: 6,
      lastLine: 6,
      text: '  "version": "3.0.0",',
      why: 'Version: 2.8.0 is too low, since this change can break others; write 3.0.0 (major).',
    },
  ]);
});

it('writes none where nobody asks for one', async () => {
  const files = [{ [claimPath]: claim280 }, { [claimPath]: tooLow }] as const;
  expect(await suggested(...files, 'rules: { version-bump: off }\n')).toEqual([]);
  const waiver = `waivers: [{ rule: version-bump, files: '**', reason: the release sets it }]\n`;
  expect(await suggested(...files, waiver)).toEqual([]);
});

it('does not mend a migration to a version that is wrong, and says where it belongs then', async () => {
  const wrong = migration.replace('from: 2.8.0', 'from: 2.7.0').replace('to: 3.0.0', 'to: 2.8.0');
  const path = 'migrations/insurance-claim/2.8.0.yml';
  const found = await suggested({ [claimPath]: claim280 }, { [claimPath]: tooLow, [path]: wrong });
  expect(found).toMatchObject([{ kind: 'version' }]);
  expect(found[0]?.why).toMatch(
    / The migration belongs into `migrations\/insurance-claim\/3\.0\.0\.yml` then, and leads to that version\.$/,
  );
});

it('writes at most three', async () => {
  const paths = [1, 2, 3, 4, 5].map((number) => `schemas/${number}.json`);
  const all = (text: string) => Object.fromEntries(paths.map((path) => [path, text]));
  expect((await suggested(all(claim280), all(tooLow))).map(({ path }) => path)).toEqual(paths.slice(0, 3));
});

it('writes nothing that a reader would not see as it is', async () => {
  const wrong = migration.replace('from: 2.8.0', 'from: 2.7.0');
  const before = { [claimPath]: claim280 };
  const after = { [claimPath]: claim300 };
  expect(await suggested(before, { ...after, [migrationPath]: wrong })).toHaveLength(1);
  const hidden = wrong.replace('from: 2.7.0', 'from: 2.7.0 # \u202e');
  expect(await suggested(before, { ...after, [migrationPath]: hidden })).toEqual([]);
  expect(await suggested(before, { ...after, [migrationPath]: wrong.replaceAll('\n', '\r\n') })).toEqual([]);
});

it('proposes no migration in which a person has to decide something', async () => {
  const notEnough = 'from: 2.8.0\nto: 3.0.0\ntransform:\n  - cast: { at: /claim_amount, from: string, to: number }\n';
  expect(await suggested({ [claimPath]: claim280 }, { [claimPath]: claim300, [migrationPath]: notEnough })).toEqual([]);
});

it('stays within its fence, whatever the lines hold', () => {
  const text = 'from: 2.8.0 # ```` </details> @acme/platform\n```\n<img src=x>\n~~~';
  const place = { path: migrationPath, firstLine: 1, lastLine: 4 };
  const why = 'It says `from: <b>` @acme/platform, but it is ```2.8.0```';
  const html = renderedHtml(renderSuggestion({ kind: 'migration', ...place, text, why }));
  expect(html).toContain(
    '<pre><code class="language-suggestion">from: 2.8.0 # ```` &lt;/details&gt; @acme/platform\n```\n&lt;img src=x&gt;\n~~~\n</code></pre>',
  );
  expect(elementsIn(html)).toEqual(['code', 'p', 'pre', 'sub']);
  expect(html.replace(/<code[^>]*>[^]*?<\/code>/g, '')).not.toContain('@acme');
});
