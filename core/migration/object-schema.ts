import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import { withMember, withoutMember } from './member.ts';

/** What a schema says of one member of an object. */
export type MemberState =
  | { readonly presence: 'never' }
  | { readonly presence: 'maybe' | 'always'; readonly schema: Json };

/** A schema that is an object and whose meaning for the members at hand is understood. */
export interface ObjectSchema {
  state(name: string): MemberState;
  with(name: string, state: MemberState): ObjectSchema;
  readonly schema: JsonObject;
}

/** No value is valid under it, in every dialect. */
const nothing: Json = { not: {} };

export function objectSchema(schema: JsonObject): ObjectSchema {
  const properties = own(schema, 'properties');
  const known = isObject(properties) ? properties : {};
  const required = own(schema, 'required');
  const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
  const others = own(schema, 'additionalProperties') ?? true;
  return {
    schema,
    state(name) {
      const member = own(known, name) ?? others;
      if (member === false || (isObject(member) && isNothing(member))) return { presence: 'never' };
      return { presence: names.includes(name) ? 'always' : 'maybe', schema: member };
    },
    with(name, state) {
      const kept = names.filter((other) => other !== name);
      const now = state.presence === 'always' ? [...kept, name] : kept;
      const gone = state.presence === 'never';
      const changed =
        gone && others === false ? withoutMember(known, name) : withMember(known, name, gone ? nothing : state.schema);
      const base = withoutMember(withMember(schema, 'properties', changed), 'required');
      return objectSchema(now.length > 0 ? withMember(base, 'required', now) : base);
    },
  };
}

function isNothing(schema: JsonObject): boolean {
  const negated = own(schema, 'not');
  return negated === true || (isObject(negated) && Object.keys(negated).length === 0);
}
