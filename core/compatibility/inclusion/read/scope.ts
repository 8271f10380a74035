import type { SchemaDocument } from '../../../schema/document.ts';
import { isObject, type Json, own } from '../../../schema/json.ts';
import { appendPointer, type Pointer } from '../../../schema/pointer.ts';
import { resourcesOf } from '../../../schema/resources.ts';
import { subschemas } from '../../../schema/subschemas.ts';

/** The schema resources that were entered on the way, outermost first; only those with dynamic anchors matter. */
export interface Scope {
  readonly key: string;
  readonly resources: readonly { readonly document: SchemaDocument; readonly root: Pointer }[];
}

export const emptyScope: Scope = { key: '', resources: [] };

/** The name under which `$recursiveAnchor: true` is kept. No `$dynamicAnchor` may be empty. */
export const recursiveAnchor = '';

const known = new WeakMap<SchemaDocument, ReadonlyMap<Pointer, ReadonlyMap<string, Pointer>>>();

/** Dynamic anchors of a document, by the resource they belong to. */
export function dynamicAnchorsOf(document: SchemaDocument): ReadonlyMap<Pointer, ReadonlyMap<string, Pointer>> {
  const made = known.get(document) ?? find(document);
  known.set(document, made);
  return made;
}

/** Where the resource begins that a place belongs to. */
export function resourceRoot(document: SchemaDocument, pointer: Pointer): Pointer {
  const { bases } = resourcesOf(document);
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (bases.has(at)) return at;
  return '';
}

/** The scope after stepping into the resource at a place. */
export function enter(scope: Scope, document: SchemaDocument, pointer: Pointer): Scope {
  const anchors = dynamicAnchorsOf(document);
  if (anchors.size === 0) return scope;
  const root = resourceRoot(document, pointer);
  if (!anchors.has(root) || scope.resources.some((other) => other.document === document && other.root === root))
    return scope;
  return { key: `${scope.key}>${document.path}#${root}`, resources: [...scope.resources, { document, root }] };
}

/** The outermost place that answers to a dynamic anchor. */
export function outermost(scope: Scope, name: string): { document: SchemaDocument; pointer: Pointer } | undefined {
  for (const { document, root } of scope.resources) {
    const pointer = dynamicAnchorsOf(document).get(root)?.get(name);
    if (pointer !== undefined) return { document, pointer };
  }
  return undefined;
}

function find(document: SchemaDocument): ReadonlyMap<Pointer, ReadonlyMap<string, Pointer>> {
  const found = new Map<Pointer, Map<string, Pointer>>();
  // The name may be spelled with escapes.
  if (!/\$(dynamic|recursive)Anchor|\\[uUx]/.test(document.text)) return found;
  const left: [Json, Pointer][] = [[document.value, '']];
  for (let next = left.pop(); next; next = left.pop()) {
    const [value, pointer] = next;
    if (!isObject(value)) continue;
    const dynamic = own(value, '$dynamicAnchor');
    if (document.dialect === '2020-12' && typeof dynamic === 'string') add(dynamic, pointer);
    if (document.dialect === '2019-09' && own(value, '$recursiveAnchor') === true) add(recursiveAnchor, pointer);
    for (const { segments, value: inner } of subschemas(value, document.dialect))
      left.push([inner, appendPointer(pointer, ...segments)]);
  }
  return found;

  function add(name: string, pointer: Pointer): void {
    const root = resourceRoot(document, pointer);
    const names = found.get(root) ?? new Map<string, Pointer>();
    found.set(root, names);
    if (name !== recursiveAnchor || pointer === root) names.set(name, pointer);
  }
}
