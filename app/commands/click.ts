import { type Button, isButton } from './buttons.ts';

/**
 * What a click says: which button, and at which count it was shown. GitHub signs what a webhook says but not its number, so a click that was caught
 * can be sent again under another one. The name of a click is made of what is signed alone: sent again it is the same click, and counts once.
 */
export interface Click {
  readonly verb: Button;
  /** Undefined: the button is from a time when none was counted. */
  readonly at: number | undefined;
}

/** For GitHub, in 20 characters. */
export function buttonIdentifier(verb: Button, at: number): string {
  return `${verb}.${at}`;
}

/** Undefined: it is none of our buttons. */
export function readButton(identifier: string): Click | undefined {
  const [, verb = '', at] = /^([a-z]+)(?:\.(\d{1,9}))?$/.exec(identifier) ?? [];
  return isButton(verb) ? { verb, at: at === undefined ? undefined : Number(at) } : undefined;
}

/** `click:pause.3:developer:abcdefghjk`. */
export function clickKey({ verb, at = 0 }: Click, login: string, on: string): string {
  return `click:${buttonIdentifier(verb, at)}:${login.toLowerCase()}:${on}`;
}

/** Of a click on the check of a run; undefined: of another one. */
export function readRunClick(key: string): { readonly run: string; readonly at: number } | undefined {
  const [, at, run] = /^click:[a-z]+\.(\d+):[^:]+:([a-z0-9]{10})$/.exec(key) ?? [];
  return run === undefined ? undefined : { run, at: Number(at) };
}

/** Under which a click is noted that is not to be followed, with why. */
export const refusals = {
  repeated:
    'You have clicked this button before and were answered: a click counts once, and takes nothing back that was said since. Please comment instead, such as `/sluice help`',
  outdated: 'This button is from an older state of the check. Please look at what it shows now, and click again',
} as const;
export type Refusal = keyof typeof refusals;

export function isRefusal(verb: string): verb is Refusal {
  return Object.hasOwn(refusals, verb);
}
