import { type Json, type JsonObject, own } from '../../schema/json.ts';
import type { ChangeKind } from '../change-kind.ts';
import type { Difference, Family, Pair } from '../difference.ts';
import { matchBranches } from './match-branches.ts';
import { sides, swap, visibleIn } from './values.ts';

interface Combinator {
  readonly keyword: 'allOf' | 'anyOf' | 'oneOf';
  /** Such as `any-of`. */
  readonly id: string;
  readonly alternative: (subject: string) => string;
}

/** A list of branches that come, go, move and change. Moving a branch changes nothing. */
export function combinator({ keyword, id, alternative }: Combinator): Family {
  const kind = (what: string, mirror: string): ChangeKind => ({
    id: `${id}-${what}`,
    mirror: `${id}-${mirror}`,
    alternative,
  });
  const kinds = {
    added: kind('added', 'removed'),
    removed: kind('removed', 'added'),
    branchAdded: kind('branch-added', 'branch-removed'),
    branchRemoved: kind('branch-removed', 'branch-added'),
  };
  return {
    keywords: [keyword],
    kinds: Object.values(kinds),
    compare: (pair, dialect) => {
      const [old, next] = [branches(pair.old.value, keyword), branches(pair.new.value, keyword)];
      if (!old && !next) return { differences: [], steps: [] };
      if (!old || !next) return { differences: [whole(pair, old ? kinds.removed : kinds.added)], steps: [] };
      const { pairs, gone, come } = matchBranches(old, next, dialect);
      const steps = pairs.map(([from, to]) => ({ old: [keyword, from], new: [keyword, to], subject: pair.subject }));
      const at = (side: 'old' | 'new', index: number) => ({ side, segments: [keyword, index], subject: pair.subject });
      const removed = gone.map((index): Difference => {
        const branch = old[index] ?? true;
        const edits = { apply: set(without(old, index)), undo: set([...next, branch]) };
        return {
          kind: kinds.branchRemoved,
          summary: `a branch of ${keyword} removed`,
          before: branch,
          ...at('old', index),
          ...edits,
        };
      });
      const added = come.map((index): Difference => {
        const branch = next[index] ?? true;
        const edits = { apply: set([...old, branch]), undo: set(without(next, index)) };
        return {
          kind: kinds.branchAdded,
          summary: `a branch of ${keyword} added`,
          after: branch,
          ...at('new', index),
          ...edits,
        };
      });
      return { differences: [...removed, ...added], steps };
    },
  };

  function set(list: readonly Json[]) {
    return [{ segments: [keyword], value: list.length === 0 ? undefined : list }];
  }
  function whole(pair: Pair<JsonObject>, kind: ChangeKind): Difference {
    const [old, next] = [own(pair.old.value, keyword), own(pair.new.value, keyword)];
    return {
      kind,
      side: visibleIn(next),
      segments: [keyword],
      subject: pair.subject,
      summary: `${keyword} ${next === undefined ? 'removed' : 'added'}`,
      ...sides(old, next),
      ...swap(keyword, old, next),
    };
  }
}

function branches(schema: JsonObject, keyword: string): readonly Json[] | undefined {
  const list = own(schema, keyword);
  return Array.isArray(list) ? (list as readonly Json[]) : undefined;
}

function without(list: readonly Json[], index: number): Json[] {
  return list.filter((_, at) => at !== index);
}
