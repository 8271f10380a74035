import type { Decision, RuleState } from '../../core/approval/decision.ts';
import type { ApprovalPolicy } from '../../core/configuration/configuration.ts';
import { countOf } from '../../core/rendering/numbers.ts';
import { render } from '../../core/rendering/render.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import type { Problem, Review, SchemaReview } from '../../core/review/review.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { CheckRun } from '../../github/check-run.ts';
import { problemLines } from '../problem-lines.ts';

export type ApprovalView =
  | { readonly state: 'repair' }
  | { readonly state: 'broken'; readonly problems: readonly Problem[] }
  | {
      readonly state: 'decided';
      readonly decision: Decision;
      readonly review: Review;
      readonly policy: ApprovalPolicy;
    };

type Words = Pick<CheckRun, 'state' | 'title' | 'summary'>;

/** The approval check in words: what is missing first, who can give it and how, then what it is about. */
export function describeApproval(view: ApprovalView): Words {
  if (view.state === 'broken') return describeProblems(view.problems);
  if (view.state === 'repair') {
    return { state: 'neutral', title: 'Mends the configuration', summary: render('app/approval-repair', {}) };
  }
  const { decision, review } = view;
  switch (decision.state) {
    case 'not-needed':
      return describeHarmless(review);
    case 'approved': {
      const by = decision.by.join(', ');
      return { state: 'success', title: `Approved by ${onOneLine(by)}`, summary: decidedSummary(view, decision.rules) };
    }
    case 'rejected': {
      const title = `Changes requested by ${onOneLine(decision.by.join(', '))}`;
      return {
        state: 'failure',
        title,
        summary: render('app/approval-rejected', { by: decision.by, schemas: schemaLines(review) }),
      };
    }
    case 'waiting': {
      const missing = decision.rules.reduce((sum, rule) => sum + Math.max(0, rule.required - rule.given.length), 0);
      const title = `Waiting for ${countOf(missing, 'approval')}`;
      return { state: 'in_progress', title, summary: decidedSummary(view, decision.rules) };
    }
    default:
      return unreachable(decision);
  }
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

function decidedSummary(view: Extract<ApprovalView, { state: 'decided' }>, rules: readonly RuleState[]): string {
  const { decision, policy, review } = view;
  const waiting = decision.state === 'waiting' ? decision : undefined;
  return render('app/approval-decided', {
    waiting: waiting !== undefined,
    authorMay: policy.rules.every((rule) => rule.author),
    rules: rules.map((rule) => ({ ...rule, given: rule.given.join(', '), met: rule.given.length >= rule.required })),
    stale: (waiting?.stale ?? []).map(({ login, commit }) => ({ login, commit: commit.slice(0, 7) })),
    refused: waiting?.refused ?? [],
    schemas: schemaLines(review),
    fingerprint: (review.fingerprint ?? '').slice(0, 12),
  });
}

function schemaLines(review: Review): object[] {
  return review.schemas.map((schema) => ({
    name: schema.name,
    path: schema.path,
    versions: versionsOf(schema),
    verdict: schema.verdict,
    changes: changesOf(schema),
    migration: migrationOf(schema),
  }));
}

function versionsOf({ change, oldVersion, newVersion }: SchemaReview): string {
  if (change === 'added') return newVersion ?? 'new';
  if (change === 'removed') return `${oldVersion ?? ''} removed`.trim();
  return `${oldVersion ?? 'no version'} → ${newVersion ?? 'no version'}`;
}

/** The changes that need the approval. */
function changesOf({ comparison, fingerprint, change }: SchemaReview): { subject: string; summary: string }[] {
  if (fingerprint === undefined) return [];
  if (change === 'removed') return [{ subject: 'the schema', summary: 'removed' }];
  return (comparison?.changes ?? [])
    .filter((one) => one.backward.verdict !== 'compatible' || one.forward.verdict !== 'compatible')
    .map((one) => ({ subject: one.subject === '' ? 'the document' : one.subject, summary: one.summary }));
}

function migrationOf({ migration }: SchemaReview): { path: string; proof: string } | undefined {
  if (migration.status !== 'given') return undefined;
  const { proof, path } = migration;
  if (proof.result === 'proved') return { path, proof: 'proved: every record that is valid now will be valid' };
  if (proof.result === 'refuted') return { path, proof: 'refuted: there are records that it leaves invalid' };
  return { path, proof: `not proved (${proof.reason}); the run checks every record before it changes anything` };
}
