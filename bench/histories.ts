import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultConfiguration } from '../core/configuration/defaults.ts';
import { noLinks, type ReportInput } from '../core/rendering/comment/input.ts';
import type { Review, Tree } from '../core/review/review.ts';
import { reviewPullRequest } from '../core/review/review-pull-request.ts';
import type { Json, JsonObject } from '../core/schema/json.ts';

/** Two versions of a real schema, one after the other. */
export interface HistoryPair {
  readonly id: string;
  readonly old: Json;
  readonly new: Json;
}

/** Every pair of some files of pairs, forwards and backwards: taking a change back is a change as well. */
export function historyPairs(folder: string, names: readonly string[]): HistoryPair[] {
  return names.flatMap((name) => {
    const path = join(folder, `${name}.jsonl`);
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    return lines.flatMap((line) => {
      const { id, old, new: next } = JSON.parse(line) as JsonObject as unknown as HistoryPair;
      return [
        { id, old, new: next },
        { id: `${id} taken back`, old: next, new: old },
      ];
    });
  });
}

const path = 'schemas/subject.json';

/** A pair as a pull request that changes one file: through the same review as on GitHub. */
export async function playPullRequest(pair: HistoryPair): Promise<{ review: Review; input: ReportInput }> {
  const tree = (commit: string, value: Json): Tree => {
    const files = new Map([[path, `${JSON.stringify(value, null, 2)}\n`]]);
    return { commit, read: async (file) => files.get(file), list: async () => [...files.keys()] };
  };
  const review = await reviewPullRequest({
    base: tree('1a2b3c4d', pair.old),
    head: tree('f6e5d4c3', pair.new),
    changedFiles: [{ path, status: 'modified' }],
    configuration: defaultConfiguration,
  });
  const input: ReportInput = {
    review,
    policy: defaultConfiguration.approval,
    impact: new Map(),
    baseBranch: 'main',
    links: noLinks,
    fullReport: { text: 'the summary of the workflow run', url: 'https://github.example/acme/schemas/actions/runs/1' },
  };
  return { review, input };
}
