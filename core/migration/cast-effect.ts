import { isObject, type Json } from '../schema/json.ts';
import { type CastType, type Conversion, conversions, wholeToString } from './conversion.ts';
import { enumerated, onlyWholeNumbers, possibleTypes } from './json-types.ts';
import { neverNegative } from './text-sign.ts';

/** The values a cast can meet: of the type it is told to convert from (or of any), or of the target type, or null. */
export interface CastSides {
  readonly to: CastType;
  readonly applicable: readonly Conversion[];
  /** Whether values that are of the target type already are left as they are. */
  readonly keepsTarget: boolean;
}

/** The type that values are converted from; `integer`: only whole numbers. */
export type CastSource = Conversion['from'] | 'integer';

export function castSides(to: CastType, from?: CastSource): CastSides {
  if (to === 'string' && from === 'integer') return { to, applicable: [wholeToString], keepsTarget: false };
  const source = from === 'integer' ? 'number' : from;
  const applicable = conversions[to].filter((conversion) => source === undefined || conversion.from === source);
  return { to, applicable, keepsTarget: from === undefined };
}

/**
 * Schema of a member after a cast, given its schema before: never too small. `written`: as it stands in the schema, where
 * `before` is what a reference in it names, as far as that is understood.
 */
export function castEffect(before: Json, sides: CastSides, written: Json = before): Json {
  return enumeratedEffect(before, sides) ?? anyOf(branches(before, sides, written));
}

function branches(before: Json, { to, applicable, keepsTarget }: CastSides, written: Json): Json[] {
  const possible = possibleTypes(before);
  const target = to === 'integer' ? 'number' : to;
  const made = applicable.filter(({ from }) => possible.has(from));
  const found: Json[] = made.map(({ from, gives }) =>
    from === target ? narrowed(before, to) : converted(from, gives),
  );
  if (keepsTarget && possible.has(target) && !made.some(({ from }) => from === target))
    found.push(narrowed(before, to));
  // Null stays null, so it is only there where it was allowed.
  const nothing = { type: 'null' };
  if (possible.has('null')) found.push(written === before ? nothing : { allOf: [written, nothing] });
  return found;

  function converted(from: Conversion['from'], gives: Json): Json {
    const bounded = from === 'string' && target === 'number' && isObject(gives) && neverNegative(before);
    return bounded ? { ...gives, minimum: 0 } : gives;
  }
}

/** What a schema says of the values of one type; those keep their value, so all of it still holds. */
function narrowed(schema: Json, type: CastType): Json {
  const narrower = type === 'number' && onlyWholeNumbers(schema) ? 'integer' : type;
  return isObject(schema) ? { ...schema, type: narrower } : { type };
}

function enumeratedEffect(before: Json, sides: CastSides): Json | undefined {
  const after = enumerated(before)?.map((value) => castValue(value, sides));
  if (after === undefined || after.includes(inexact)) return undefined;
  const values = after.filter((value): value is Json => value !== undefined && value !== inexact);
  return values.length > 0 ? { enum: [...new Set(values)] } : { not: {} };
}

/**
 * PostgreSQL keeps digits that a double drops, and the scale, which is seen once a number is text: 1.5 may become `1.50`.
 * Such a value cannot be written into a schema here.
 */
const inexact = Symbol('inexact');

function castValue(value: Json, { to, applicable, keepsTarget }: CastSides): Json | undefined | typeof inexact {
  if (value === null) return null;
  if (typeof value === 'object') return undefined;
  const conversion = applicable.find(({ from }) => from === typeof value);
  if (conversion === undefined) return keepsTarget && typeof value === to ? value : undefined;
  const made = conversion.convert(value);
  if (typeof value === 'number' && typeof made === 'string' && conversion !== wholeToString) return inexact;
  return typeof made === 'number' && typeof value === 'string' && value.length > 15 ? inexact : made;
}

function anyOf(schemas: readonly Json[]): Json {
  const [only] = schemas;
  if (only === undefined) return { not: {} };
  return schemas.length === 1 ? only : { anyOf: schemas };
}
