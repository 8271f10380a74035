import { fingerprintOf } from '../schema/fingerprint.ts';
import type { AuditContent } from './event.ts';

/**
 * SHA-256 in hex over the canonical JSON (RFC 8785) of an event, its place and the hash of the event before it. Whoever changes, takes out,
 * puts in or moves an event would have to write all hashes after it again, and everybody who noted one of those would see it.
 */
export function eventHash(content: AuditContent): string {
  const { sequence, at, kind, repository, actor, subject, data, previous } = content;
  return fingerprintOf({ sequence, at, kind, repository, actor, subject, data, previous });
}
