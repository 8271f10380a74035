import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import { formatPointer, type Pointer, parsePointer } from '../schema/pointer.ts';
import { quotePath, quoteText } from './sql-literal.ts';

/**
 * The place of an object member in every record: `/claim_amount`, `/address/city`. Arrays are never entered: in a record
 * where `/items` is an array, `/items/0` is not there. That is so in JavaScript and in SQL alike.
 */
export interface Member {
  readonly pointer: Pointer;
  /** At least one. */
  readonly segments: readonly string[];
  /** As people name it: `claim_amount`, `address.city`. */
  readonly label: string;
  /** The last segment. */
  readonly name: string;
}

/** `pointer` must name a member, so it is not ''. */
export function memberAt(pointer: Pointer): Member {
  const segments = parsePointer(pointer);
  const name = segments.at(-1);
  if (name === undefined) throw new Error('The whole record is no member');
  return { pointer, segments, label: segments.join('.'), name };
}

/** The member of the same parent with another name. */
export function sibling(member: Member, name: string): Member {
  return memberAt(formatPointer([...member.segments.slice(0, -1), name]));
}

/** The record with the member's parent changed; the record itself where there is no such object. */
export function changeParent(record: Json, member: Member, change: (parent: JsonObject) => JsonObject): Json {
  return changeAt(record, member.segments.slice(0, -1), change);
}

function changeAt(value: Json, segments: readonly string[], change: (parent: JsonObject) => JsonObject): Json {
  if (!isObject(value)) return value;
  const [first, ...rest] = segments;
  if (first === undefined) return change(value);
  const inner = own(value, first);
  if (inner === undefined) return value;
  const changed = changeAt(inner, rest, change);
  return changed === inner ? value : withMember(value, first, changed);
}

/** The member's value; undefined when it is not there. */
export function readMember(record: Json, member: Member): Json | undefined {
  return member.segments.reduce<Json | undefined>(
    (value, segment) => (isObject(value) ? own(value, segment) : undefined),
    record,
  );
}

export function withMember(object: JsonObject, name: string, value: Json): JsonObject {
  return { ...object, [name]: value };
}

export function withoutMember(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
}

/** SQL for the member's parent. `->` with text enters objects only, unlike `#>`, which also counts into arrays. */
export function parentSql(member: Member, document: string): string {
  return [document, ...member.segments.slice(0, -1).map((segment) => `${quoteText(segment)}::text`)].join(' -> ');
}

/** SQL for the member's value as jsonb; NULL when it is not there. */
export function valueSql(member: Member, document: string): string {
  return `(${parentSql(member, document)} -> ${quoteText(member.name)}::text)`;
}

/** SQL for the member's value as text: a string without its quotes. */
export function textSql(member: Member, document: string): string {
  return `(${parentSql(member, document)} ->> ${quoteText(member.name)}::text)`;
}

/** SQL for the document with another object in the place of the member's parent. Only legal where the parent is an object. */
export function withParentSql(member: Member, document: string, parent: string): string {
  const path = member.segments.slice(0, -1);
  return path.length === 0 ? parent : `jsonb_set(${document}, ${quotePath(path)}, ${parent})`;
}

/** SQL condition: the member's parent is an object. */
export function hasParentSql(member: Member, document: string): string {
  return `jsonb_typeof(${parentSql(member, document)}) = 'object'`;
}

/** SQL for the document with the member's value replaced or added. Only legal where the parent is an object. */
export function withValueSql(member: Member, document: string, value: string): string {
  return `jsonb_set(${document}, ${quotePath(member.segments)}, ${value})`;
}

/** SQL for the document without the member. Only legal where the parent is an object. */
export function withoutSql(member: Member, document: string): string {
  return `(${document} #- ${quotePath(member.segments)})`;
}
