/** SQL for a moment as the hash of an event has it: `2026-03-01T12:00:00.000000Z`. A `Date` would lose the microseconds. */
export function utcText(moment: string): string {
  return `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
