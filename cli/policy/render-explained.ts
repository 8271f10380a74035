import type { Explained } from '../../core/approval/decide.ts';
import type { Decision } from '../../core/approval/decision.ts';
import type { Outcome } from '../../core/approval/outcome.ts';
import { countOf } from '../../core/rendering/numbers.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import { unreachable } from '../../core/unreachable.ts';

/** A decision and all that led to it, in words. */
export function renderExplained({ decision, subjects }: Explained): string {
  const lines = [headline(decision)];
  for (const { subject, outcome, left, byDefault } of subjects) {
    lines.push('', subject.path);
    if (byDefault) lines.push('  no rule of the policy is for this, so the default asks');
    lines.push(...outcomeLines(outcome, '  ', true));
    for (const { rules, why } of left) lines.push(`  not asked: ${rules.map(quoted).join(', ')} (${why})`);
  }
  if (decision.state === 'waiting') {
    lines.push(...decision.stale.map(({ login, reason }) => `stale: the approval of ${login}, ${reason}`));
    lines.push(
      ...decision.refused.map(({ login, reason }) => `does not count: the approval of ${login}, who ${reason}`),
    );
  }
  return `${lines.map(indented).join('\n')}\n`;
}

function headline(decision: Decision): string {
  switch (decision.state) {
    case 'not-needed':
      return '✔ no approval needed';
    case 'approved':
      return `✔ approved by ${decision.by.join(', ')}`;
    case 'rejected':
      return `✖ held up by ${decision.by.join(', ')}, who asks for changes`;
    case 'waiting':
      return `… waiting for ${countOf(decision.missing, 'approval')}`;
    default:
      return unreachable(decision);
  }
}

function outcomeLines(outcome: Outcome, indent: string, top = false): string[] {
  if (outcome.kind === 'rule') {
    const { required, from, rule, given, because } = outcome.state;
    const reason = because === undefined ? '' : `, asked because ${because}`;
    const by = given.length === 0 ? 'nobody yet' : given.join(', ');
    return [`${indent}${outcome.met ? '✔' : '·'} ${required} of ${from} for ${quoted(rule)}${reason}: ${by}`];
  }
  // A list that asks for all of it is what a reader expects.
  if (outcome.kind === 'all' && (top || outcome.parts.length === 1)) {
    return outcome.parts.flatMap((part) => outcomeLines(part, indent));
  }
  const word = outcome.kind === 'all' ? 'all of' : 'one of';
  return [
    `${indent}${outcome.met ? '✔' : '·'} ${word}:`,
    ...outcome.parts.flatMap((part) => outcomeLines(part, `${indent}  `)),
  ];
}

function quoted(name: string): string {
  return `"${name}"`;
}

/** Names may hold anything; the indentation is ours. */
function indented(line: string): string {
  const words = line.trimStart();
  return line.slice(0, line.length - words.length) + onOneLine(words);
}
