import type { Json } from '../../schema/json.ts';
import { formatPointer } from '../../schema/pointer.ts';
import type { JsonType } from '../json-types.ts';
import { memberAt } from '../member.ts';
import { singleToList } from '../operations/single-to-list.ts';
import { unwrap } from '../operations/unwrap.ts';
import { wrap } from '../operations/wrap.ts';
import type { Draft } from './propose-operations.ts';

/**
 * Where a member becomes a list, or is none any more. Which of several items to keep is never guessed: `unwrap` stops the run
 * at a list of several. Null, which is asked about elsewhere, is in neither set of types.
 */
export function proposeList(
  old: Json,
  { had, has }: { readonly had: ReadonlySet<JsonType>; readonly has: ReadonlySet<JsonType> },
  path: readonly string[],
): (Draft & { readonly after: Json }) | undefined {
  const member = memberAt(formatPointer(path));
  const operation = toList(had, has)
    ? had.has('array')
      ? singleToList(member)
      : wrap(member)
    : onlyList(had) && !has.has('array') && has.size > 0
      ? unwrap(member)
      : undefined;
  if (operation === undefined) return undefined;
  const effect = operation.effect(path.reduceRight<Json>((inner, name) => ({ properties: { [name]: inner } }), old));
  if ('unknown' in effect) return undefined;
  return { operations: [operation.source], gaps: [], after: afterAt(effect.schema, path) };
}

function toList(had: ReadonlySet<JsonType>, has: ReadonlySet<JsonType>): boolean {
  return onlyList(has) && !onlyList(had);
}

function onlyList(types: ReadonlySet<JsonType>): boolean {
  return types.size === 1 && types.has('array');
}

function afterAt(schema: Json, path: readonly string[]): Json {
  return path.reduce<Json>((at, name) => {
    const { properties = {} } = at as { readonly properties?: { readonly [name: string]: Json } };
    return properties[name] ?? {};
  }, schema);
}
