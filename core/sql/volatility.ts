import type { Node } from 'libpg-query';
import { keyOf, nameOfParts } from './action/name.ts';
import { nodesIn } from './action/walk.ts';
import type { Memory } from './state/memory.ts';

/** Built-in functions that give one value for the whole statement; a test checks the list against a real server. */
export const steadyBuiltins: readonly string[] = `abs age array_append array_cat array_fill array_length array_prepend
  array_remove array_replace array_to_string ascii btrim cardinality ceil ceiling char_length character_length chr concat
  concat_ws convert_from convert_to current_database current_schema current_setting date_bin date_part date_trunc daterange
  decode div encode exp extract floor format format_type generate_series gcd hashtext initcap int4range int8range
  inet_client_addr inet_server_addr int4 int8 json_build_array json_build_object json_object jsonb_build_array
  jsonb_build_object jsonb_object jsonb_set justify_days justify_hours justify_interval lcm left length ln log lower lpad
  ltrim make_date make_interval make_time make_timestamp make_timestamptz md5 mod now numrange nullif octet_length overlay
  pg_backend_pid pg_client_encoding pg_current_xact_id pg_typeof pi position power quote_ident quote_literal quote_nullable
  regexp_match regexp_replace regexp_split_to_array repeat replace reverse right round row_to_json rpad rtrim sha224 sha256
  sha384 sha512 sign split_part sqrt statement_timestamp string_to_array strpos substr substring text timestamp timestamptz
  timezone to_char to_date to_hex to_json to_jsonb to_number to_timestamp to_tsvector transaction_timestamp translate
  trunc tsrange tstzrange txid_current upper version`
  .split(/\s+/)
  .filter((name) => name !== 'nullif' && name !== 'generate_series');

/** Built-in and common extension functions that give another value for every row. */
export const volatileFunctions: readonly string[] =
  `clock_timestamp currval gen_random_bytes gen_random_uuid lastval nextval
  random random_normal setval timeofday uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 uuidv4 uuidv7`.split(
    /\s+/,
  );

const steady = new Set(steadyBuiltins);
const volatile = new Set(volatileFunctions);

export interface DoubtfulCall {
  readonly name: string;
  /** `unknown`: neither built in, nor defined in the file, nor in the catalog. PostgreSQL assumes volatile too. */
  readonly verdict: 'volatile' | 'unknown';
  readonly at: number;
}

/** The call in an expression that makes it volatile, or that may. */
export function doubtfulCall(expression: Node | undefined, known: Memory): DoubtfulCall | undefined {
  let doubt: DoubtfulCall | undefined;
  for (const node of nodesIn(expression)) {
    if (!('FuncCall' in node)) continue;
    const name = keyOf(nameOfParts(node.FuncCall.funcname));
    const qualified = nameOfParts(node.FuncCall.funcname);
    const declared = known.volatilities.get(name) ?? known.catalog?.volatility(qualified);
    if (declared === 'immutable' || declared === 'stable' || (declared === undefined && steady.has(name))) continue;
    const verdict = declared === 'volatile' || volatile.has(name) ? 'volatile' : 'unknown';
    if (verdict === 'volatile') return { name, verdict, at: node.FuncCall.location ?? 0 };
    doubt ??= { name, verdict, at: node.FuncCall.location ?? 0 };
  }
  return doubt;
}
