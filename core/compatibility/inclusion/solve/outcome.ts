import type { Json } from '../../../schema/json.ts';
import type { Pointer } from '../../../schema/pointer.ts';

/** What a search found: a value, the proof that there is none, or neither. */
export type Outcome = Found | None | Unknown;

export interface Found {
  readonly kind: 'found';
  readonly value: Json;
}

export interface None {
  readonly kind: 'none';
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly pointer: Pointer;
}

export const none: None = { kind: 'none' };

export function found(value: Json): Found {
  return { kind: 'found', value };
}

export function unknown(reason: string, pointer: Pointer = ''): Unknown {
  return { kind: 'unknown', reason, pointer };
}
