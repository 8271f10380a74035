import type { Json } from '../core/schema/json.ts';
import type { ScriptOutcome, ScriptRecord } from './scripts/script-outcome.ts';

/** How records get from one version to another, in either direction, as far as the database work needs to know. */
export interface Passage {
  /** SQL expression over a jsonb expression; NULL where the record cannot be converted. */
  toSql(document: string): string;
  /** Changes the records outside of the database; then `toSql` throws, since it would leave that out. */
  readonly script?: PassageScript;
  /** Why this record cannot be converted, when `toSql` gave NULL for it. */
  refusal(record: Json): Refusal;
  /** Why this record is not valid under the version it goes to; undefined: it is. */
  violation(record: Json): Refusal | undefined;
}

/** What a script makes of records, after the operations. */
export interface PassageScript {
  /** As `toSql`, of the operations alone. */
  toSql(document: string): string;
  /** In their order. Waits while the script is busy. */
  transform(records: readonly ScriptRecord[]): Promise<readonly ScriptOutcome[]>;
}

/** Where and why, never the value. */
export interface Refusal {
  /** JSON pointer into the record. */
  readonly pointer: string;
  readonly reason: string;
}

/** A record that stops the run. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';
  readonly key: string;
  readonly refusal: Refusal;
  readonly when: 'converting' | 'validating';

  constructor(key: string, refusal: Refusal, when: 'converting' | 'validating') {
    super(`The record with the key ${key} ${when === 'converting' ? 'cannot be converted' : 'is not valid'}.`);
    this.key = key;
    this.refusal = refusal;
    this.when = when;
  }
}
