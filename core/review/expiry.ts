/** A day in UTC, `2026-12-31`. Days written so have the order of their texts. */
export type Day = string;

/** Whether something that counts until a day, that day included, counts no more. Who does not know which day it is lets nothing count. */
export function isOver(until: Day | undefined, today: Day | undefined): boolean {
  return until !== undefined && (today === undefined || today > until);
}

/** The day of a moment. */
export function dayOf(moment: Date): Day {
  return moment.toISOString().slice(0, 10);
}
