const month = {
  long: '(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])',
  short: '(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)',
  february: '02-(?:0[1-9]|1[0-9]|2[0-8])',
};
/** Divisible by 4, and not by 100 unless by 400. */
const leapYear = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';

/** A day of the calendar as RFC 3339 writes it, 30 February excluded; the same pattern in JavaScript and PostgreSQL. */
export const datePattern = `(?:[0-9]{4}-(?:${month.long}|${month.short}|${month.february})|${leapYear}-02-29)`;

/** A time of day with offset as RFC 3339 writes it, without leap seconds. */
const timePattern =
  '^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$';

export const timeSchema = {
  type: 'string',
  pattern: timePattern,
  remedy: 'Write it like 00:00:00Z or 12:30:00+02:00',
};

/** The days of the calendar, each at the same time. `time` must be valid under `timeSchema`. */
export function dateTimePattern(time: string): string {
  return `^${datePattern}T${time.replaceAll(/[.+]/g, (character) => `\\${character}`)}$`;
}
