/**
 * Built-in functions that an expression over a record may use: one row, one value, and the same value for ever. A test
 * checks against a real server that every form of each is immutable.
 */
export const immutableFunctions: readonly string[] =
  `abs ascii btrim cardinality ceil ceiling char_length character_length
  chr div floor gcd initcap jsonb_array_length jsonb_exists jsonb_extract_path jsonb_extract_path_text
  jsonb_insert jsonb_object jsonb_path_exists jsonb_path_query_array jsonb_path_query_first jsonb_set jsonb_strip_nulls
  jsonb_typeof lcm left lower lpad ltrim md5 mod octet_length overlay position power regexp_replace replace reverse
  right round rpad rtrim sign split_part sqrt starts_with string_to_array strpos substr substring translate
  trunc upper`.split(/\s+/);

/**
 * Some forms of these PostgreSQL calls stable, since dates look different from one session to the next. Of the types that
 * an expression may have here, none is.
 */
export const immutableHere: readonly string[] = ['jsonb_build_array', 'jsonb_build_object', 'length', 'to_jsonb'];

/** Types that an expression may name: their values look the same whatever a session has set. */
export const plainTypes: readonly string[] = [
  'bool',
  'bpchar',
  'int2',
  'int4',
  'int8',
  'jsonb',
  'jsonpath',
  'numeric',
  'text',
  'uuid',
  'varchar',
];
