import { isObject, type Json } from '../schema/json.ts';
import { shortenMiddle } from './markdown.ts';
import { countOf } from './numbers.ts';

const longestString = 200;
const mostItems = 8;
const mostMembers = 40;

/** A document as it is shown to people: long strings and names without their middle, long lists and objects without their end. */
export function abridge(value: Json): Json {
  if (typeof value === 'string') return shortenMiddle(value, longestString);
  if (Array.isArray(value)) {
    const left = value.length - mostItems;
    // One item more is as short as the words that it is missing.
    if (left <= 1) return value.map(abridge);
    return [...value.slice(0, mostItems).map(abridge), `… ${countOf(left, 'more item')}`];
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value);
  const left = members.length - mostMembers;
  const shown = members
    .slice(0, left <= 1 ? members.length : mostMembers)
    .map(([name, member]): [string, Json] => [shortenMiddle(name, longestString), abridge(member)]);
  return Object.fromEntries(left <= 1 ? shown : [...shown, ['…', countOf(left, 'more member')]]);
}
