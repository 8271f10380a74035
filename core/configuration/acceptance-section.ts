import type { Problem } from '../review/review.ts';
import type { Acceptance } from './configuration.ts';
import type { Locate } from './explain.ts';

/** A last day, in UTC. Written without quotes it is text as well: the file is read by YAML's core schema. */
export const lastDay = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'The last day on which it counts, like 2026-12-31 (UTC).',
} as const;

export const reasonText = {
  type: 'string',
  pattern: '\\S.{4,}',
  maxLength: 500,
  description: 'Say why, so that the next reader knows.',
} as const;

export const acceptanceSchema = {
  description: 'Changes that are known and may pass although they break: each by its fingerprint, and until a day.',
  type: 'array',
  maxItems: 500,
  items: {
    type: 'object',
    required: ['fingerprint', 'reason', 'until'],
    additionalProperties: false,
    properties: {
      fingerprint: {
        type: 'string',
        pattern: '^[0-9a-f]{64}$',
        description: 'All 64 characters, from the output `fingerprint` or from the schema in sluice-report.json.',
      },
      reason: reasonText,
      until: lastDay,
    },
  },
} as const;

export function* acceptanceChecks(accept: readonly Acceptance[], locate: Locate): Generator<Problem> {
  const seen = new Set<string>();
  for (const [at, { fingerprint, until }] of accept.entries()) {
    yield* dayCheck(until, ['accept', `${at}`, 'until'], locate);
    if (seen.has(fingerprint)) {
      yield {
        place: locate(['accept', `${at}`, 'fingerprint']),
        problem: 'This fingerprint is accepted twice',
        remedy: 'Leave one of the two out.',
      };
    }
    seen.add(fingerprint);
  }
}

/** 2026-02-30 is written like a day, and is none. */
export function* dayCheck(until: string | undefined, path: readonly string[], locate: Locate): Generator<Problem> {
  if (until === undefined || isDay(until)) return;
  yield { place: locate(path), problem: `There is no day ${until}`, remedy: 'Correct the date.' };
}

export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
