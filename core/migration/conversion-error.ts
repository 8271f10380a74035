import type { Pointer } from '../schema/pointer.ts';

/** A record cannot be converted. It says where and why, and never carries the value: records are other people's data. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
  /** Pointer into the record as it is before the operation that refuses it. */
  readonly pointer: Pointer;
  /** Such as `is a string, but not a decimal number`. */
  readonly reason: string;

  constructor(pointer: Pointer, reason: string) {
    super(`${pointer} ${reason}`);
    this.pointer = pointer;
    this.reason = reason;
  }
}
