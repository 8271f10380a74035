import type { TypeName } from 'libpg-query';
import { keyOf, nameOfParts, stringsOf } from './name.ts';

/** A data type as written, aliases resolved: `integer` is `int4`, `varchar(20)` is `varchar` with the modifier 20. */
export interface DataType {
  /** Internal name of a built-in type, else the (qualified) name. */
  readonly name: string;
  readonly modifiers: readonly number[];
  readonly array: boolean;
  /** Byte offset in the file. */
  readonly at: number;
}

const aliases: Readonly<Record<string, string>> = {
  serial4: 'serial',
  serial8: 'bigserial',
  serial2: 'smallserial',
  character: 'bpchar',
  char: 'bpchar',
  decimal: 'numeric',
};

export function dataTypeOf(type: TypeName | undefined): DataType {
  const parts = stringsOf(type?.names);
  const written = keyOf(nameOfParts(type?.names));
  const name = parts.length === 1 || parts[0] === 'pg_catalog' ? (aliases[written] ?? written) : written;
  return {
    name,
    modifiers: (type?.typmods ?? []).flatMap((node) =>
      'A_Const' in node && node.A_Const.ival !== undefined ? [node.A_Const.ival.ival ?? 0] : [],
    ),
    array: (type?.arrayBounds ?? []).length > 0,
    at: type?.location ?? 0,
  };
}

/** As people write it, for messages and rewrites. */
export function formatType({ name, modifiers, array }: DataType): string {
  const words: Readonly<Record<string, string>> = {
    int2: 'smallint',
    int4: 'integer',
    int8: 'bigint',
    bpchar: 'char',
    bool: 'boolean',
    float4: 'real',
    float8: 'double precision',
  };
  return `${words[name] ?? name}${modifiers.length > 0 ? `(${modifiers.join(', ')})` : ''}${array ? '[]' : ''}`;
}

const autoIncrementing = new Set(['serial', 'bigserial', 'smallserial']);

/** `serial` and its sizes: not types, but an integer with a sequence as default. */
export function isSerial(type: DataType): boolean {
  return autoIncrementing.has(type.name);
}
