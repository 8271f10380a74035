/** How the values of a column are written in JSON, and read again. */
export type ColumnClass =
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'text'
  | 'enum'
  | 'document'
  | 'list'
  /** Text of a form of its own: date, time, interval, bytea, addresses. */
  | 'formed'
  | 'instant'
  | 'uuid';

const classes: Readonly<Record<string, ColumnClass>> = {
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'decimal',
  float4: 'decimal',
  float8: 'decimal',
  bool: 'boolean',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  jsonb: 'document',
  date: 'formed',
  time: 'formed',
  timetz: 'formed',
  timestamp: 'formed',
  interval: 'formed',
  bytea: 'formed',
  inet: 'formed',
  cidr: 'formed',
  macaddr: 'formed',
  timestamptz: 'instant',
  uuid: 'uuid',
};

/** Of a base type by its short name (`int8`; `_int8` is a list of them); undefined: its values may not survive JSON. */
export function classOf(base: string, isEnum: boolean): ColumnClass | undefined {
  if (isEnum) return 'enum';
  const own = Object.hasOwn(classes, base) ? classes[base] : undefined;
  if (own !== undefined || !base.startsWith('_')) return own;
  return Object.hasOwn(classes, base.slice(1)) ? 'list' : undefined;
}
