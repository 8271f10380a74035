import { Cron } from 'croner';
import type { RunWindow } from './run-window.ts';

export type ParsedWindow = { readonly window: RunWindow } | { readonly problem: string; readonly remedy: string };

const minute = 60_000;
const longest = 7 * 24 * 60;
const shortest = 5;

/**
 * Reads a window as people write it:
 * - `manual`
 * - `2026-03-01T22:00:00+01:00`: from that moment on; the offset must be there, since a time without one is another in every office
 * - `0 2 * * 1-5 Europe/Berlin for 3h`: cron (five fields), time zone (IANA), and how long it stays open (`90m`, `3h`)
 */
export function parseWindow(text: string): ParsedWindow {
  const words = text.trim().split(/\s+/);
  if (words.length === 1 && words[0]?.toLowerCase() === 'manual') return { window: { kind: 'manual' } };
  if (words.length === 1) return parseMoment(words[0] ?? '');
  const [zone, preposition, duration] = words.slice(5);
  if (words.length !== 8 || zone === undefined || preposition?.toLowerCase() !== 'for' || duration === undefined) {
    return {
      problem: `The window "${text}" cannot be read`,
      remedy: 'Write "manual", a moment such as 2026-03-01T22:00:00Z, or such as "0 2 * * 1-5 Europe/Berlin for 3h".',
    };
  }
  return parseRecurring(words.slice(0, 5).join(' '), zone, duration);
}

function parseMoment(text: string): ParsedWindow {
  const written = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  const moment = new Date(text);
  const [, year, month, day] = (written ?? []).map(Number);
  // Date takes 30 February for 2 March.
  const exists = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0)).getUTCDate() === day;
  if (written && exists && !Number.isNaN(moment.getTime())) return { window: { kind: 'from', moment } };
  return {
    problem: `"${text}" is no moment`,
    remedy: 'Write date, time and offset, such as 2026-03-01T22:00:00+01:00.',
  };
}

function parseRecurring(cron: string, zone: string, duration: string): ParsedWindow {
  if (!isZone(zone))
    return { problem: `There is no time zone ${zone}`, remedy: 'Write one such as Europe/Berlin or UTC.' };
  const [, count, unit] = /^(\d{1,5})(m|min|h)$/.exec(duration) ?? [];
  const minutes = Number(count) * (unit === 'h' ? 60 : 1);
  if (!(minutes >= shortest && minutes <= longest)) {
    return {
      problem: `A window cannot be open for ${duration}`,
      remedy: 'Write a time from 5m to 168h, such as 90m or 3h.',
    };
  }
  try {
    const pattern = new Cron(cron, { paused: true, mode: '5-part', timezone: zone });
    if (pattern.nextRun(new Date(0)) !== null) return { window: { kind: 'recurring', cron, zone, minutes } };
    return { problem: `The window "${cron}" never opens`, remedy: 'Name a day that there is.' };
  } catch {
    return {
      problem: `"${cron}" is no cron expression`,
      remedy: 'Write five fields: minute, hour, day of the month, month, day of the week.',
    };
  }
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Milliseconds that a recurring window stays open. */
export function lengthOf(window: Extract<RunWindow, { kind: 'recurring' }>): number {
  return window.minutes * minute;
}
