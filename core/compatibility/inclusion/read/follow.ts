import type { SchemaBundle } from '../../../schema/document.ts';
import { isObject, own } from '../../../schema/json.ts';
import { addressOf, resolveReference, valueAt } from '../../../schema/references.ts';
import type { Location } from './location.ts';
import { enter, outermost, recursiveAnchor, resourceRoot } from './scope.ts';

/** Keywords that lead elsewhere. */
export type ReferenceKeyword = '$ref' | '$dynamicRef' | '$recursiveRef';

/** Where a reference at a location leads; undefined when nothing in the bundle goes by that address. */
export function follow(
  bundle: SchemaBundle,
  from: Location,
  keyword: ReferenceKeyword,
  reference: string,
): Location | undefined {
  const { document, pointer, scope } = from;
  const target = resolveReference(bundle, document, pointer, reference);
  if (target === undefined) return undefined;
  const anchor = dynamicAnchor();
  const moved = anchor === undefined ? undefined : outermost(scope, anchor);
  const end = moved ?? target;
  const value = valueAt(end.document.value, end.pointer);
  if (value === undefined) return undefined;
  return { document: end.document, pointer: end.pointer, value, scope: enter(scope, end.document, end.pointer) };

  /** The name to look for in the dynamic scope, when the target takes part in that. */
  function dynamicAnchor(): string | undefined {
    if (target === undefined || !isObject(target.value)) return undefined;
    if (keyword === '$dynamicRef') {
      const fragment = addressOf(document, pointer, reference)?.fragment;
      return fragment !== undefined && own(target.value, '$dynamicAnchor') === fragment ? fragment : undefined;
    }
    const isRoot = resourceRoot(target.document, target.pointer) === target.pointer;
    return keyword === '$recursiveRef' && isRoot && own(target.value, '$recursiveAnchor') === true
      ? recursiveAnchor
      : undefined;
  }
}
