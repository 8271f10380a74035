import type { ChainFinding, ChainVerdict } from '../../core/audit/chain-check.ts';
import { countOf, formatCount } from '../../core/rendering/numbers.ts';
import { unreachable } from '../../core/unreachable.ts';

/** What the chain was found to be, line by line, the worst first. */
export function renderVerdict(verdict: ChainVerdict): string {
  const { checked, last, findings, found } = verdict;
  const lines = [`${countOf(checked, 'event')} checked.`];
  if (found === 0) lines.push('Nothing was changed, taken out, put in or moved.');
  else {
    lines.push(`The audit trail is not what was recorded: ${countOf(found, 'finding')}.`);
    lines.push(...findings.map((finding) => `  ${describe(finding)}`));
    if (found > findings.length) lines.push(`  and ${formatCount(found - findings.length)} more`);
  }
  if (checked > 0) {
    lines.push(`Last event: ${last.sequence}, hash ${last.hash}`);
    if (found === 0)
      lines.push(
        'Keep that hash elsewhere: `sluice audit verify --expect <hash>` later shows whether the trail still holds it.',
      );
  }
  return `${lines.join('\n')}\n`;
}

function describe(finding: ChainFinding): string {
  switch (finding.problem) {
    case 'changed':
      return `event ${finding.sequence} says something else than what was recorded`;
    case 'moved':
      return `event ${finding.sequence} was recorded as event ${finding.from}`;
    case 'inserted':
      return `${range(finding)} put in, or put in place of another: the trail does not go on from there`;
    case 'missing':
      return `${range(finding)} taken out`;
    case 'not-reached':
      return `no event has the hash ${finding.hash}: the end was cut off, or the trail was written again`;
    default:
      return unreachable(finding);
  }
}

function range({ from, to }: { from: number; to: number }): string {
  return from === to ? `event ${from} was` : `events ${from} to ${to} were`;
}
