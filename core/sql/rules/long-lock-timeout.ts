import { actionRule } from '../rule.ts';
import { milliseconds } from '../state/settings.ts';

/** Requests queue up for as long as the migration waits; longer than this, clients give up. */
const longest = 10_000;

export const longLockTimeout = actionRule({
  id: 'long-lock-timeout',
  severity: 'advice',
  summary: 'A long lock_timeout lets every query of the table queue up for as long.',
  kinds: ['set'],
  *check({ name, value, local }) {
    if (name !== 'lock_timeout') return;
    const time = milliseconds(value);
    if (time === undefined || time <= longest) return;
    yield {
      message: `Up to ${time / 1000} s, every query of a table that this migration waits for waits with it.`,
      rewrite: `SET ${local ? 'LOCAL ' : ''}lock_timeout = '200ms';\n-- and try the file again, with growing pauses, when it gives up.`,
    };
  },
});
