import { parseConfiguration } from '../../../../core/configuration/parse.ts';
import { type ReviewFacts, reviewPullRequest } from '../../../../core/review/review-pull-request.ts';
import { changesBetween, type Files, treeOf } from '../map-tree.ts';

/** What one rule finds: `path:line message. remedy`. `head` says what differs from `base`; null deletes. */
export async function foundBy(
  rule: string,
  base: Files,
  head: Readonly<Record<string, string | null>>,
  written = '',
  facts: ReviewFacts = {},
): Promise<string[]> {
  const parsed = parseConfiguration({ path: '.github/sluice.yml', text: written });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const after = Object.fromEntries(
    Object.entries({ ...base, ...head }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const { findings = [] } = await reviewPullRequest({
    base: treeOf('b', base),
    head: treeOf('h', after),
    changedFiles: changesBetween(base, after),
    configuration: parsed.configuration,
    ...facts,
  });
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ place, message, remedy }) => `${place.path}:${place.line} ${message}. ${remedy}`);
}
