import type { Json } from '../schema/json.ts';
import { editParent } from './effect.ts';
import type { Member } from './member.ts';
import type { MemberState } from './object-schema.ts';

/** What a schema says of a member, wherever it speaks of it; never too little. */
export function readState(
  schema: Json,
  member: Member,
): { readonly state: MemberState } | { readonly unknown: string } {
  const states: MemberState[] = [];
  const read = editParent(schema, member, [member.name], (parent) => {
    states.push(parent.state(member.name));
    return parent;
  });
  if ('unknown' in read) return read;
  // Several, where the schema has branches.
  const there = states.flatMap((state) => (state.presence === 'never' ? [] : [state.schema]));
  const [first, ...others] = there;
  if (first === undefined) return { state: { presence: 'never' } };
  // Only of a member of the record itself it is known that it is there.
  const always = member.segments.length === 1 && states.every(({ presence }) => presence === 'always');
  return {
    state: {
      presence: always ? 'always' : 'maybe',
      schema: others.length === 0 ? first : { anyOf: [first, ...others] },
    },
  };
}
