import type { ErrorObject } from 'ajv';

/** ajv's words, with what it keeps to itself: the values that would be allowed, the property that is too much. */
export function violationMessage({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'enum') return `must be one of ${shorten(params['allowedValues'])}`;
  if (keyword === 'const') return `must be ${shorten(params['allowedValue'])}`;
  if (keyword === 'type' && Array.isArray(params['type'])) return `must be ${params['type'].join(' or ')}`;
  if (keyword === 'additionalProperties') {
    return `must not have the property ${shorten(params['additionalProperty'])}`;
  }
  return message ?? `fails ${keyword}`;
}

function shorten(value: unknown): string {
  // An enum may hold megabytes.
  const text = JSON.stringify(Array.isArray(value) ? value.slice(0, 50) : value);
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
