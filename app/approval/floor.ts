import { readFileSync } from 'node:fs';
import type { ApprovalPolicy } from '../../core/configuration/approval-policy.ts';
import { parsePolicy } from '../../core/configuration/parse-policy.ts';
import { InputError } from '../../core/input-error.ts';

/** The policy that no repository can weaken. Throws `InputError`: a server that cannot read its floor must not start without it. */
export function readFloor(path: string): ApprovalPolicy {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const place = { path };
    throw new InputError('The approval floor cannot be read', {
      place,
      remedy: 'Correct SLUICE_APPROVAL_FLOOR.',
      cause,
    });
  }
  return parsePolicy(path, text);
}
