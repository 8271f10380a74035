import type { ErrorObject } from 'ajv';
import type { Place } from '../input-error.ts';
import type { Problem } from '../review/review.ts';
import { parsePointer } from '../schema/pointer.ts';
import { looksLikeAddress } from './secrets.ts';

/** Where in the file: of the value at a path, or of one of its keys. */
export type Locate = (segments: readonly string[], key?: string) => Place;

/** What ajv found, in words for the person who wrote the file. Values are quoted only where they cannot be secrets. */
export function explain(error: ErrorObject, locate: Locate): Problem {
  const segments = parsePointer(error.instancePath);
  const where = name(segments);
  const parameters: Record<string, unknown> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(parameters['additionalProperty']);
      const known = Object.keys(error.parentSchema?.['properties'] ?? {});
      const meant = closest(unknown, known);
      return {
        place: locate(segments, unknown),
        problem: `${where} has no setting "${unknown}"`,
        remedy: meant ? `Did you mean "${meant}"?` : `It has: ${known.join(', ')}.`,
      };
    }
    case 'required':
      return {
        place: locate(segments),
        problem: `${where} lacks "${String(parameters['missingProperty'])}"`,
        remedy: 'Add it.',
      };
    case 'enum': {
      const allowed = (parameters['allowedValues'] as unknown[]).map(String);
      const { data } = error;
      const meant =
        typeof data === 'string' ? (closest(data.toUpperCase(), allowed) ?? closest(data, allowed)) : undefined;
      return {
        place: locate(segments),
        problem: `${where} is none of the words it can be`,
        remedy: meant ? `Did you mean ${meant}?` : `Write one of ${allowed.join(', ')}.`,
      };
    }
    case 'type':
      return {
        place: locate(segments),
        problem: `${where} must be ${article(String(parameters['type']))}`,
        remedy: 'Write it so.',
      };
    case 'propertyNames':
      return {
        place: locate(segments, String(parameters['propertyName'])),
        problem: `A name in ${where} has characters that names cannot have`,
        remedy: 'Use small letters, digits, - and _, beginning with a letter.',
      };
    case 'pattern':
      if (typeof error.data === 'string' && looksLikeAddress(error.data)) return address(where, locate(segments));
      return {
        place: locate(segments),
        problem: `${where} is not written as it must be`,
        remedy: String(error.parentSchema?.['description'] ?? shape(segments)),
      };
    default:
      return { place: locate(segments), problem: `${where} ${error.message ?? 'is wrong'}`, remedy: 'Change it.' };
  }
}

/** A connection string has no place in a repository; it is not repeated in the message, either. */
export function address(where: string, place: Place): Problem {
  return {
    place,
    problem: `${where} looks like the address of a database`,
    remedy:
      'Write a logical name only; the address belongs in SLUICE_DATABASE_<NAME> of the runner. If it holds a password, change that password.',
  };
}

/** `targets.claims.key`, `schemas[0]`, or `The configuration` for the whole file. */
export function name(segments: readonly string[]): string {
  if (segments.length === 0) return 'The configuration';
  return segments.reduce((path, segment) => (/^\d+$/.test(segment) ? `${path}[${segment}]` : `${path}.${segment}`));
}

function shape(segments: readonly string[]): string {
  if (segments.includes('teams')) return 'Write organisation/team, without @.';
  if (segments.includes('users')) return 'Write a GitHub login, without @.';
  return 'Compare with the documentation.';
}

function article(type: string): string {
  if (type === 'array') return 'a list';
  if (type === 'object') return 'a map of settings';
  if (type === 'integer') return 'a whole number';
  if (type === 'boolean') return 'true or false';
  return `a ${type}`;
}

/** The known word that a typing slip away from which `word` is, if any. */
function closest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, distance: editDistance(word, candidate) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** Levenshtein's distance, one row at a time. Words longer than 60 characters are no slips. */
function editDistance(a: string, b: string): number {
  if (a.length > 60 || b.length > 60) return Number.POSITIVE_INFINITY;
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substituted));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
