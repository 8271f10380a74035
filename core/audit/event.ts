import type { Json } from '../schema/json.ts';

/** One line of the audit trail, with its place in the chain. */
export interface AuditEvent {
  /** Place in the chain, from 1, without gaps. */
  readonly sequence: number;
  /** When, in UTC with microseconds: `2026-03-01T12:00:00.000000Z`. Text, since a `Date` would lose digits. */
  readonly at: string;
  /** What happened, such as `approval.given`. */
  readonly kind: string;
  readonly repository: string;
  /** Who: a GitHub login, `operator` for a person at the command line, or `sluice`. */
  readonly actor: string;
  /** What it is about, such as `pull request 7` or a run's id. */
  readonly subject: string;
  /** The rest. Readers look for `commit` (or `head`), `fingerprint`, `policy`, `delivery` and `reason` in it. */
  readonly data: Json;
  /** Hash of the event before; `chainStart` for the first. */
  readonly previous: string;
  /** `eventHash` of all of the above. */
  readonly hash: string;
}

export type AuditContent = Omit<AuditEvent, 'hash'>;

/** What stands for the event before the first. */
export const chainStart = '0'.repeat(64);
