import { conditionKind, isOfTheRun } from '../../core/approval/condition.ts';
import type { Decision, RuleState } from '../../core/approval/decision.ts';
import { type ApprovalPolicy, rulesIn } from '../../core/configuration/approval-policy.ts';
import { countOf } from '../../core/rendering/numbers.ts';
import { render } from '../../core/rendering/render.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import type { Problem, Review } from '../../core/review/review.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { CheckRun } from '../../github/check-run.ts';
import type { Condition } from '../../registry/conditions.ts';
import { problemLines } from '../problem-lines.ts';
import { schemaLines } from './describe-schemas.ts';
import type { Happened } from './history.ts';

export type ApprovalView =
  | { readonly state: 'repair' }
  | { readonly state: 'broken'; readonly problems: readonly Problem[] }
  | {
      readonly state: 'decided';
      readonly decision: Decision;
      readonly review: Review;
      readonly policy: ApprovalPolicy;
      /** Whether the pull request would replace the policy that decides here. */
      readonly changesPolicy?: boolean;
      readonly history?: readonly Happened[];
      /** Of the approval. */
      readonly conditions?: readonly Condition[];
      /** Whether all that was approved can wait for its conditions after a merge. */
      readonly canWait?: boolean;
    };

type Decided = Extract<ApprovalView, { state: 'decided' }>;
type Words = Pick<CheckRun, 'state' | 'title' | 'summary'>;

/** The approval check in words: what is missing first, who can give it and how, then what it is about. */
export function describeApproval(view: ApprovalView): Words {
  if (view.state === 'broken') return describeProblems(view.problems);
  if (view.state === 'repair') {
    return { state: 'neutral', title: 'Mends the configuration', summary: render('app/approval-repair', {}) };
  }
  const words = describeDecision(view);
  if (view.changesPolicy !== true) return words;
  return { ...words, summary: `${render('app/approval-policy-change', {})}\n${words.summary}` };
}

function describeDecision(view: Decided): Words {
  const { decision, review } = view;
  switch (decision.state) {
    case 'not-needed':
      return describeHarmless(review);
    case 'approved':
      return describeApproved(view, decision);
    case 'rejected': {
      const title = `Changes requested by ${onOneLine(decision.by.join(', '))}`;
      return {
        state: 'failure',
        title,
        summary: render('app/approval-rejected', {
          by: decision.by,
          reason: reasonOf(decision),
          schemas: schemaLines(review),
        }),
      };
    }
    case 'waiting': {
      const title = `Waiting for ${countOf(decision.missing, 'approval')}`;
      return { state: 'in_progress', title, summary: decidedSummary(view, decision.rules) };
    }
    default:
      return unreachable(decision);
  }
}

/** The words of those who ask for changes; '' when they gave none to Sluice. */
function reasonOf({ reason }: Extract<Decision, { state: 'rejected' }>): string {
  return reason === 'asks for changes' ? '' : onOneLine(reason);
}

function describeApproved(view: Decided, decision: Extract<Decision, { state: 'approved' }>): Words {
  const summary = decidedSummary(view, decision.rules);
  const by = `Approved by ${onOneLine(decision.by.join(', '))}`;
  const open = (view.conditions ?? []).filter(({ met }) => met === undefined).length;
  if (open === 0) return { state: 'success', title: by, summary };
  const waits = (view.conditions ?? []).some(({ met, kind }) => met === undefined && !isOfTheRun(kind));
  const mayMerge = view.canWait === true && (view.policy.mergeBeforeConditions !== false || !waits);
  return { state: mayMerge ? 'success' : 'in_progress', title: `${by}, ${countOf(open, 'condition')} open`, summary };
}

function describeProblems(problems: readonly Problem[]): Words {
  const title = `${countOf(problems.length, 'problem')} to mend first`;
  return { state: 'failure', title, summary: render('app/approval-problems', { problems: problemLines(problems) }) };
}

function describeHarmless(review: Review): Words {
  if (review.schemas.length === 0) {
    return { state: 'neutral', title: 'No schema changed', summary: render('app/approval-nothing', {}) };
  }
  const summary = render('app/approval-harmless', { schemas: schemaLines(review) });
  return { state: 'success', title: 'Nothing breaks: no approval needed', summary };
}

function decidedSummary(view: Decided, rules: readonly RuleState[]): string {
  const { decision, policy, review } = view;
  const waiting = decision.state === 'waiting' ? decision : undefined;
  return render('app/approval-decided', {
    waiting: waiting !== undefined,
    keepOnPush: policy.keepOnPush !== false,
    authorMay: rulesIn(policy.rules).every((rule) => rule.author),
    rules: rules.map((rule) => ruleLine(rule, review)),
    alternatives: rules.some(({ alternative }) => alternative === true),
    stale: (waiting?.stale ?? []).map(({ login, commit, reason }) => ({
      login,
      commit: commit.slice(0, 7),
      reason,
    })),
    refused: waiting?.refused ?? [],
    ...conditionLines(view),
    history: view.history ?? [],
    schemas: schemaLines(review),
    fingerprint: (review.fingerprint ?? '').slice(0, 12),
  });
}

function ruleLine(rule: RuleState, review: Review): object {
  const all = review.schemas.filter(({ fingerprint }) => fingerprint !== undefined).length;
  return {
    ...rule,
    given: rule.given.join(', '),
    met: rule.given.length >= rule.required,
    alternative: rule.alternative === true,
    because: rule.because ?? '',
    // Said only where it is not all of them.
    schemas: rule.schemas.length < all ? rule.schemas : [],
  };
}

/** A runner counts on the table of a run: for a schema that the pull request has none of, nobody would. */
function isCounted(words: string, { schemas }: Review): boolean {
  const condition = conditionKind(words);
  if (condition.kind !== 'no-records-without') return false;
  return condition.schema === undefined || schemas.some(({ name }) => name === condition.schema);
}

function conditionLines({ conditions = [], canWait, policy, review }: Decided): object {
  return {
    conditions: conditions.map(({ position, words, setBy, kind, metBy = '' }) => ({
      position,
      words,
      setBy,
      metBy,
      isCounted: isCounted(words, review),
      isWindow: kind === 'window',
      isRehearsal: kind === 'rehearsal',
    })),
    mayMerge: canWait === true && policy.mergeBeforeConditions !== false,
  };
}
