import type { Refusal } from '../../../runner/passage.ts';

/** What a database says of the table that a migration is for. Nothing was written to find out. */
export interface Survey {
  /** `schema.table`. */
  readonly table: string;
  /** What the planner believes; undefined: the table was never analysed, so nobody knows. */
  readonly records: number | undefined;
  readonly tableBytes: number;
  readonly indexBytes: number;
  readonly indexes: number;
  /** The columns are the properties: what becomes of rows is only known in the columns of the new table, so none is converted. */
  readonly columns: boolean;
  /** What would stop a run before it begins, with what to do about it. */
  readonly obstacles: readonly string[];
  /** Undefined: the table is empty, or there is nothing yet that could be measured. */
  readonly sample: Sample | undefined;
}

/** Some records, converted and checked as a run does it, and not written. */
export interface Sample {
  readonly records: number;
  readonly seconds: number;
  /** Bytes of all documents as text, before and after. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Records that cannot be converted, or would not be valid under the new version. */
  readonly refused: number;
  /** Where and why the first of them is refused, without its values. */
  readonly example?: Refusal;
}
