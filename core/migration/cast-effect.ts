import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import type { CastType, Conversion } from './conversion.ts';

const jsonTypes = ['null', 'boolean', 'object', 'array', 'number', 'string'] as const;
type JsonType = (typeof jsonTypes)[number];

/** The values a cast can meet: of the type it is told to convert from (or of any), or of the target type, or null. */
export interface CastSides {
  readonly to: CastType;
  readonly applicable: readonly Conversion[];
  /** Whether values that are of the target type already are left as they are. */
  readonly keepsTarget: boolean;
}

/** Schema of a member after a cast, given its schema before: never too small. */
export function castEffect(before: Json, sides: CastSides): Json {
  const values = enumerated(before);
  if (values !== undefined) {
    const after = values.map((value) => castEnumerated(value, sides));
    const made = after.filter((value) => value !== undefined && value !== inexact);
    if (!after.includes(inexact)) return made.length > 0 ? { enum: [...new Set(made)] } : { not: {} };
  }
  const possible = typesOf(before);
  const made = sides.applicable.filter((conversion) => possible.has(conversion.from));
  const kept = sides.keepsTarget && possible.has(sides.to === 'integer' ? 'number' : sides.to);
  const branches: Json[] = made.map((conversion) =>
    // A number that is made an integer keeps its value, and so all that the schema says of it.
    sides.to === 'integer' && conversion.from === 'number' && possible.size === (possible.has('null') ? 2 : 1)
      ? withType(before, 'integer')
      : conversion.gives,
  );
  if (kept && !(sides.to === 'integer' && made.some((conversion) => conversion.from === 'number')))
    branches.push(withType(before, sides.to));
  if (possible.has('null')) branches.push({ type: 'null' });
  const [only] = branches;
  if (only === undefined) return { not: {} };
  return branches.length === 1 ? only : { anyOf: branches };
}

const inexact = Symbol('inexact');

function castEnumerated(value: Json, sides: CastSides): Json | undefined | typeof inexact {
  if (value === null) return null;
  const type = typeof value;
  if (type === 'object') return undefined;
  const scalar = value as string | number | boolean;
  const conversion = sides.applicable.find(({ from }) => from === type);
  if (conversion === undefined) return sides.keepsTarget && type === sides.to ? value : undefined;
  const made = conversion.convert(scalar);
  // PostgreSQL keeps digits that a double drops: such a value cannot be written into a schema here.
  return typeof made === 'number' && type === 'string' && String(scalar).length > 15 ? inexact : made;
}

function enumerated(schema: Json): readonly Json[] | undefined {
  if (!isObject(schema)) return undefined;
  const one = own(schema, 'const');
  if (one !== undefined) return [one];
  const values = own(schema, 'enum');
  return Array.isArray(values) ? values : undefined;
}

/** The types that values under this schema may have; all of them where that takes more than a look at it. */
function typesOf(schema: Json): Set<JsonType> {
  const type = isObject(schema) ? own(schema, 'type') : undefined;
  const named: readonly Json[] = typeof type === 'string' ? [type] : Array.isArray(type) ? type : jsonTypes;
  return new Set(
    jsonTypes.filter((known) => named.includes(known) || (known === 'number' && named.includes('integer'))),
  );
}

/** The part of a schema that speaks of one type. */
function withType(schema: Json, type: CastType): JsonObject {
  if (!isObject(schema)) return { type };
  // An integer stays one when it is kept as a number.
  const narrower = type === 'number' && !typesIncludeNumber(schema) ? 'integer' : type;
  return { ...schema, type: narrower };
}

function typesIncludeNumber(schema: JsonObject): boolean {
  const type = own(schema, 'type');
  return type === undefined || type === 'number' || (Array.isArray(type) && type.includes('number'));
}
