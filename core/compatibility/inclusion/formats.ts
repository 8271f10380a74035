import type { Patterns } from './patterns.ts';

/**
 * What is certain of a format, in the words of its RFC and of ajv-formats alike: every string with `sure` has it, every string that
 * has it has `possible`. Between the two the validators of this world differ, and nothing is claimed.
 */
export interface Format {
  readonly sure: string;
  readonly possible: string;
}

const date31 = '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])';
const date30 = '(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)';
const sureDate = `\\d{4}-(?:${date31}|${date30}|02-(?:0[1-9]|1\\d|2[0-8]))`;
const possibleDate = `\\d{4}-(?:${date31}|${date30}|02-(?:0[1-9]|[12]\\d))`;
const sureTime = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';
const possibleTime = '\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:[zZ]|[+-]\\d\\d(?::?\\d\\d)?)?';
const hours = '(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)';
const days = '(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)';
const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const uuid = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}';
const sureHost = '[a-z][a-z0-9]{0,19}(?:\\.[a-z]{2,10}){0,3}';
const sureMail = '^[a-z][a-z0-9]{0,19}(?:\\.[a-z0-9]{1,20})?@[a-z][a-z0-9]{0,19}(?:\\.[a-z]{2,10}){1,3}$';
const sureUri = 'https?://[a-z][a-z0-9]{0,19}(?:\\.[a-z]{2,10}){1,3}(?:/[a-z0-9]{1,20}){0,5}';
const token = '(?:/(?:[^~/]|~0|~1)*)*';

const formats: ReadonlyMap<string, Format> = new Map([
  ['date', { sure: `^${sureDate}$`, possible: `^${possibleDate}$` }],
  ['time', { sure: `^${sureTime}$`, possible: `^${possibleTime}$` }],
  ['date-time', { sure: `^${sureDate}T${sureTime}$`, possible: `^${possibleDate}[tT\\s]${possibleTime}$` }],
  [
    'duration',
    {
      sure: `^P(?:\\d+W|${days}(?:T${hours})?|T${hours})$`,
      possible: '^P(?:\\d+W|(?:\\d+Y)?(?:\\d+M)?(?:\\d+D)?(?:T(?:\\d+H)?(?:\\d+M)?(?:\\d+S)?)?)$',
    },
  ],
  ['ipv4', { sure: `^(?:${byte}\\.){3}${byte}$`, possible: `^(?:${byte}\\.){3}${byte}$` }],
  ['ipv6', { sure: '^(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|::1?)$', possible: '^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$' }],
  ['uuid', { sure: `^${uuid}$`, possible: `^(?:[uU][rR][nN]:[uU][uU][iI][dD]:)?${uuid}$` }],
  ['email', { sure: sureMail, possible: '^[\\s\\S]+@[\\s\\S]+$' }],
  ['idn-email', { sure: sureMail, possible: '' }],
  ['hostname', { sure: `^${sureHost}$`, possible: '^[A-Za-z0-9.-]{1,254}$' }],
  ['idn-hostname', { sure: `^${sureHost}$`, possible: '' }],
  ['uri', { sure: `^${sureUri}$`, possible: '^[A-Za-z][A-Za-z0-9+.-]*:[!-~]*$' }],
  ['uri-reference', { sure: `^(?:${sureUri}|(?:/[a-z0-9]{1,20}){1,5})$`, possible: '^[!-~]*$' }],
  ['iri', { sure: `^${sureUri}$`, possible: '' }],
  ['iri-reference', { sure: `^(?:${sureUri}|(?:/[a-z0-9]{1,20}){1,5})$`, possible: '' }],
  ['uri-template', { sure: '^[a-z0-9/]*$', possible: '' }],
  ['json-pointer', { sure: `^${token}$`, possible: `^${token}$` }],
  [
    'relative-json-pointer',
    { sure: `^(?:0|[1-9]\\d*)(?:#|${token})$`, possible: `^(?:0|[1-9]\\d*)(?:[+-]\\d+)?(?:#|${token})$` },
  ],
  ['regex', { sure: '^[a-z0-9]*$', possible: '' }],
]);

/** Formats that are neither strings nor told apart by the dialects, but that ajv knows. */
const unclear = new Set([
  'url',
  'json-pointer-uri-fragment',
  'iso-time',
  'iso-date-time',
  'byte',
  'int32',
  'int64',
  'float',
  'double',
]);

/** `known`: see `formatNamed`. `unclear`: asserted in some way. `none`: a name that asserts nothing, as ajv has it. */
export function formatKind(name: string): 'known' | 'unclear' | 'none' {
  return formats.has(name) ? 'known' : unclear.has(name) ? 'unclear' : 'none';
}

export function formatNamed(name: string): Format {
  return formats.get(name) ?? { sure: '[]', possible: '' };
}

/** Whether a string has the format; undefined where that is disputed. */
export function testFormat(name: string, value: string, patterns: Patterns): boolean | undefined {
  const { sure, possible } = formatNamed(name);
  if (patterns.test(sure, value) === true) return true;
  return patterns.test(possible, value) === false ? false : undefined;
}

/** Formats and some that are wider. */
const wider: ReadonlyMap<string, readonly string[]> = new Map([
  ['email', ['idn-email']],
  ['hostname', ['idn-hostname']],
  ['uri', ['iri', 'uri-reference', 'iri-reference']],
  ['iri', ['iri-reference']],
  ['uri-reference', ['iri-reference']],
]);

/** Whether no string can be as asked, by what the standards say of each other. */
export function formatsConflict(asked: readonly { readonly name: string; readonly holds: boolean }[]): boolean {
  return asked.some(
    ({ name, holds }) => holds && asked.some((other) => !other.holds && (wider.get(name) ?? []).includes(other.name)),
  );
}
