import { isatty } from 'node:tty';

/** Whether a person looks at what is printed, on a terminal, and has not asked for plain text. */
export function wantsColour(): boolean {
  return isatty(1) && process.env['NO_COLOR'] === undefined;
}
