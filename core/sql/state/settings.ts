const units: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A time as PostgreSQL's settings write it (`2s`, `500ms`, `250`), in milliseconds; undefined when it is no time. */
export function milliseconds(value: string | undefined): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)?\s*$/.exec(value ?? '');
  if (match === null) return undefined;
  return Number(match[1]) * (units[match[2] ?? 'ms'] ?? 1);
}
