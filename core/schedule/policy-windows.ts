import type { ApprovalPolicy } from '../configuration/approval-policy.ts';
import { namedWindow } from './named-window.ts';
import { parseWindow } from './parse-window.ts';

/** What is wrong with the windows of a policy: a window that nobody can read would never open, or always. */
export function windowFaults({ windows = {}, startIn = [] }: ApprovalPolicy): readonly {
  readonly problem: string;
  readonly remedy: string;
}[] {
  const faults = Object.entries(windows).flatMap(([name, text]) => {
    const parsed = parseWindow(text);
    return 'problem' in parsed
      ? [{ problem: `The window "${name}" cannot be used: ${parsed.problem}`, remedy: parsed.remedy }]
      : [];
  });
  const unknown = startIn.filter((text) => !Object.hasOwn(windows, text) && namedWindow(text) === undefined);
  return [
    ...faults,
    ...unknown.map((text) => ({
      problem: `"start-in" of the approval is "${text}", which is no window`,
      remedy: `Write the name of one of ${Object.keys(windows).join(', ') || 'the windows, of which there are none'}, or a window such as "0 2 * * * UTC for 3h".`,
    })),
  ];
}
