import type { SchemaBundle, SchemaDocument } from './document.ts';
import { isObject, type Json } from './json.ts';
import { metaschemaAt } from './metaschema.ts';
import { appendPointer, type Pointer, parsePointer } from './pointer.ts';
import { baseAt, resolveAddress, resourcesOf, withoutFragment } from './resources.ts';

/** Where a reference leads. */
export interface Target {
  readonly document: SchemaDocument;
  readonly pointer: Pointer;
  readonly value: Json;
}

/** A reference's address in two parts: the resource, and the fragment without `#`, percent signs undone. */
export interface Address {
  readonly resource: string;
  readonly fragment: string;
}

/** A fragment of characters that URLs leave as they are. */
const plainFragment = /^#[\w/.~$-]*$/;

/** What a `$ref` at a place of a document asks for; undefined when its text is no address. */
export function addressOf(document: SchemaDocument, pointer: Pointer, reference: string): Address | undefined {
  const base = baseAt(document, pointer);
  // Nearly all are of this kind, and a URL takes long to parse.
  if (plainFragment.test(reference)) return { resource: base, fragment: reference.slice(1) };
  const address = resolveAddress(reference, base);
  if (address === undefined) return undefined;
  const resource = withoutFragment(address);
  return { resource, fragment: decode(address.slice(resource.length + 1)) };
}

/**
 * Follows the `$ref` that stands in the schema at `pointer` of `document`. Only the bundle and the published metaschemas are
 * looked at, never the network. Undefined: it leads nowhere.
 */
export function resolveReference(
  bundle: SchemaBundle,
  document: SchemaDocument,
  pointer: Pointer,
  reference: string,
): Target | undefined {
  const address = addressOf(document, pointer, reference);
  if (address === undefined) return undefined;
  const resource = findResource(bundle, document, address.resource);
  return resource && within(resource.document, resource.root, address);
}

function findResource(
  bundle: SchemaBundle,
  from: SchemaDocument,
  address: string,
): { document: SchemaDocument; root: Pointer } | undefined {
  for (const document of [from, bundle.root, ...bundle.files.values()]) {
    const root = resourcesOf(document).roots.get(address);
    if (root !== undefined) return { document, root };
  }
  for (const path of candidatePaths(from, address)) {
    const document = path === bundle.root.path ? bundle.root : bundle.files.get(path);
    if (document) return { document, root: '' };
  }
  const metaschema = metaschemaAt(address);
  return metaschema && { document: metaschema, root: '' };
}

/**
 * Repository paths where a resource may be, when no loaded document goes by its address. A file `schemas/claim.json` that calls
 * itself `https://acme.test/v1/claim.json` finds `https://acme.test/v1/parts/money.json` at `schemas/parts/money.json`.
 */
export function candidatePaths(from: SchemaDocument, address: string): string[] {
  const { bases } = resourcesOf(from);
  const found: string[] = [];
  for (const base of new Set([bases.get(''), `file:///${encodeURI(from.path)}`])) {
    const relative = base && relativePath(base, address);
    const path = relative && URL.canParse(relative, `file:///${encodeURI(from.path)}`);
    if (!relative || !path) continue;
    const candidate = decode(new URL(relative, `file:///${encodeURI(from.path)}`).pathname).slice(1);
    if (candidate !== '' && !found.includes(candidate)) found.push(candidate);
  }
  return found;
}

/** How one address is written relative to another of the same origin. */
function relativePath(base: string, address: string): string | undefined {
  const [from, to] = [new URL(base), new URL(address)];
  if (from.protocol !== to.protocol || from.host !== to.host || !to.pathname.startsWith('/')) return undefined;
  const folder = from.pathname.split('/').slice(0, -1);
  const target = to.pathname.split('/');
  let shared = 0;
  while (shared < folder.length && folder[shared] === target[shared]) shared += 1;
  return `./${'../'.repeat(folder.length - shared)}${target.slice(shared).join('/')}`;
}

function within(document: SchemaDocument, root: Pointer, { resource, fragment }: Address): Target | undefined {
  if (fragment !== '' && !fragment.startsWith('/')) {
    const { anchors, bases } = resourcesOf(document);
    const pointer = anchors.get(`${resource}#${fragment}`) ?? anchors.get(`${bases.get(root)}#${fragment}`);
    const value = pointer === undefined ? undefined : valueAt(document.value, pointer);
    return pointer === undefined || value === undefined ? undefined : { document, pointer, value };
  }
  const pointer = appendPointer(root, ...parsePointer(fragment));
  const value = valueAt(document.value, pointer);
  return value === undefined ? undefined : { document, pointer, value };
}

/** The value at a pointer; undefined when there is none. */
export function valueAt(value: Json, pointer: Pointer): Json | undefined {
  let at: Json | undefined = value;
  for (const segment of parsePointer(pointer)) {
    if (Array.isArray(at)) at = /^(0|[1-9]\d*)$/.test(segment) ? (at[Number(segment)] as Json | undefined) : undefined;
    else if (isObject(at)) at = Object.hasOwn(at, segment) ? at[segment] : undefined;
    else return undefined;
  }
  return at;
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch (error) {
    if (error instanceof URIError) return fragment;
    throw error;
  }
}
