import { isObject, type Json, own } from '../schema/json.ts';

/** What a schema of lists says of every item, wherever it stands; all is allowed where that is not told in one place. */
export function itemSchema(list: Json): Json {
  if (!isObject(list)) return {};
  const items = own(list, 'items');
  // Where items are told apart by position, the first one's schema has another place in every dialect.
  return items === undefined || Array.isArray(items) || Object.hasOwn(list, 'prefixItems') ? {} : items;
}
