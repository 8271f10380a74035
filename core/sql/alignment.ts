import type { DataType } from './action/type-name.ts';

/** Size in bytes and alignment of types of fixed length, from pg_type (typlen, typalign). */
export const fixedTypes: Readonly<Record<string, readonly [size: number, alignment: number]>> = {
  bool: [1, 1],
  int2: [2, 2],
  smallserial: [2, 2],
  int4: [4, 4],
  serial: [4, 4],
  float4: [4, 4],
  date: [4, 4],
  oid: [4, 4],
  int8: [8, 8],
  bigserial: [8, 8],
  float8: [8, 8],
  money: [8, 8],
  time: [8, 8],
  timestamp: [8, 8],
  timestamptz: [8, 8],
  timetz: [12, 8],
  interval: [16, 8],
  uuid: [16, 1],
};

/** 1, 2, 4 or 8. What varies in length begins unaligned while it is short, so it is best kept last. */
export function alignmentOf(type: DataType): number {
  return type.array ? 0 : (fixedTypes[type.name]?.[1] ?? 0);
}

/** Bytes lost between columns of fixed length, up to the first that varies: behind it nothing is known. */
export function paddingOf(types: readonly DataType[]): number {
  let offset = 0;
  let padding = 0;
  for (const type of types) {
    const fixed = type.array ? undefined : fixedTypes[type.name];
    if (fixed === undefined) break;
    const [size, alignment] = fixed;
    const gap = (alignment - (offset % alignment)) % alignment;
    padding += gap;
    offset += gap + size;
  }
  // A row as a whole is padded to 8 bytes.
  return padding + ((8 - (offset % 8)) % 8);
}
