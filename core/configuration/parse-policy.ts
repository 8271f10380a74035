import { InputError } from '../input-error.ts';
import type { ApprovalPolicy } from './approval-policy.ts';
import { parseConfiguration } from './parse.ts';

/**
 * A policy that stands alone: a file that says `approval:` as `.github/sluice.yml` does. Throws `InputError` with every problem of it, and
 * when it says nothing of approvals: a floor that is none must not pass for one.
 */
export function parsePolicy(path: string, text: string): ApprovalPolicy {
  const parsed = parseConfiguration({ path, text });
  if ('problems' in parsed) {
    const [first, ...more] = parsed.problems;
    if (first === undefined) throw new Error('a configuration was refused for no reason');
    const others = more.map(({ problem, remedy, place }) => ` Line ${place.line ?? 1}: ${problem}. ${remedy}`).join('');
    throw new InputError(first.problem, { place: first.place, remedy: `${first.remedy}${others}` });
  }
  const { approval } = parsed.configuration;
  if (approval.isDefault !== true) return approval;
  throw new InputError('The file says nothing of approvals', { place: { path }, remedy: 'Write `approval:` into it.' });
}
