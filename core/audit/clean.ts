import { isObject, type Json } from '../schema/json.ts';

const hidden = '[redacted]';

/** Addresses with a password in them, keys and tokens by their known beginnings, and addresses of people. */
const secrets = [
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]*@[^\s]*/gi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|xox[a-z]-[\w-]{10,}|AKIA[A-Z0-9]{16})\b/g,
  /\bhttps:\/\/hooks\.slack\.com\/[^\s]+/gi,
  /[^\s@<>"',;:]+@[^\s@<>"',;:]+\.[a-z]{2,}/gi,
];

/**
 * A value as it may be written into the audit trail, for good: without what looks like a secret or like somebody's address, and without
 * characters that a database cannot keep (NUL, halves of surrogate pairs), which would make the hash one of something else.
 */
export function cleanForAudit(value: Json): Json {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map((item: Json) => cleanForAudit(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [cleanText(name), cleanForAudit(item)]));
}

/** As `cleanForAudit`, for one text. */
export function cleanText(text: string): string {
  const kept = text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd');
  return secrets.reduce((clean, secret) => clean.replace(secret, hidden), kept);
}
