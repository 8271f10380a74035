import { readFile } from 'node:fs/promises';
import { effectivePolicy } from '../../core/approval/conjoin.ts';
import type { ApprovalPolicy } from '../../core/configuration/approval-policy.ts';
import { defaultApproval } from '../../core/configuration/defaults.ts';
import { parsePolicy } from '../../core/configuration/parse-policy.ts';
import { readError } from '../read-error.ts';
import { utf8Text } from '../utf8-text.ts';

/** The policy of files on this machine: the repository's (without a file: the default) and the floor of the server. */
export async function readPolicy(path: string | undefined, floor: string | undefined): Promise<ApprovalPolicy> {
  return effectivePolicy({
    floor: floor === undefined ? undefined : await readOne(floor),
    organisation: undefined,
    repository: path === undefined ? defaultApproval : await readOne(path),
  });
}

async function readOne(path: string): Promise<ApprovalPolicy> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readError(error, path);
  });
  return parsePolicy(path, utf8Text(bytes, path));
}
