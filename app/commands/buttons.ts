import { canMove, type RunState } from '../../core/migration/states.ts';
import type { CheckAction } from '../../github/check-run.ts';
import type { ApprovalView } from '../approval/describe.ts';
import { buttonIdentifier } from './click.ts';

/** What can be asked for with a button. */
export const buttons = {
  approve: { label: 'Approve', description: 'Approve exactly what is listed here' },
  reject: { label: 'Reject', description: 'Hold it up until you approve' },
  pause: { label: 'Pause', description: 'Hold the run between two batches' },
  resume: { label: 'Resume', description: 'Go on from the checkpoint' },
  cancel: { label: 'Cancel', description: 'Call the run off; the table stays' },
  rollback: { label: 'Roll back', description: 'Put the old table back in use' },
  retry: { label: 'Retry', description: 'Order the run again' },
} as const;
export type Button = keyof typeof buttons;

export function isButton(identifier: string): identifier is Button {
  return Object.hasOwn(buttons, identifier);
}

/**
 * For the approval check: none once it is decided that nothing is needed, or that something has to be mended first.
 * @param rejections how many there were
 */
export function approvalButtons(view: ApprovalView, rejections: number): CheckAction[] {
  if (view.state !== 'decided') return [];
  const reject = action('reject', rejections);
  if (view.decision.state === 'waiting' || view.decision.state === 'rejected')
    return [action('approve', rejections), reject];
  return view.decision.state === 'approved' ? [reject] : [];
}

/**
 * For the check of a run: what it can do from where it is. GitHub shows three.
 * @param steering how often people had a hand in it
 */
export function runButtons(state: RunState, steering: number): CheckAction[] {
  const possible: Button[] = [];
  if (canMove(state, 'paused')) possible.push('pause');
  if (state === 'paused') possible.push('resume');
  if (canMove(state, 'cancelling') || canMove(state, 'cancelled')) possible.push('cancel');
  if (canMove(state, 'rolling-back')) possible.push('rollback');
  if (state === 'failed' || state === 'cancelled' || state === 'rolled-back') possible.push('retry');
  return possible.slice(0, 3).map((button) => action(button, steering));
}

function action(button: Button, at: number): CheckAction {
  return { ...buttons[button], identifier: buttonIdentifier(button, at) };
}
