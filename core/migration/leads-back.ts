import type { SchemaBundle } from '../schema/document.ts';
import { isObject, own } from '../schema/json.ts';
import { reach } from '../schema/reach.ts';
import { resolveReference } from '../schema/references.ts';

/**
 * Whether a reference by file name or address, in the schema or in a file it reaches, leads to the schema itself: it would
 * mean another thing once the schema is edited. A dynamic reference of another file may find its anchor anywhere.
 */
export function leadsBack(bundle: SchemaBundle): boolean {
  const { root } = bundle;
  return reach(bundle).schemas.some(({ document, pointer, value }) => {
    if (!isObject(value)) return false;
    const isRoot = document.path === root.path;
    if (!isRoot && ['$dynamicRef', '$recursiveRef'].some((keyword) => Object.hasOwn(value, keyword))) return true;
    const reference = own(value, '$ref');
    if (typeof reference !== 'string' || (isRoot && reference.startsWith('#'))) return false;
    return resolveReference(bundle, document, pointer, reference)?.document.path === root.path;
  });
}
