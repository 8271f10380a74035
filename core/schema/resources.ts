import { identifierKeyword, ignoresReferenceSiblings, isSince } from './dialect.ts';
import type { SchemaDocument } from './document.ts';
import { isObject, type Json, own } from './json.ts';
import { appendPointer, type Pointer } from './pointer.ts';
import { subschemas } from './subschemas.ts';

/** What a document calls its parts. All addresses are absolute and without fragment. */
export interface Resources {
  /** Address → where that resource begins. The document itself is among them, under its `$id` and under its file address. */
  readonly roots: ReadonlyMap<string, Pointer>;
  /** `address#anchor` → pointer; `$anchor`, `$dynamicAnchor`, and `$id: "#anchor"` of drafts 04 to 07. */
  readonly anchors: ReadonlyMap<string, Pointer>;
  /** Every resource's base address, by the pointer where it begins. */
  readonly bases: ReadonlyMap<Pointer, string>;
}

const known = new WeakMap<SchemaDocument, Resources>();

export function resourcesOf(document: SchemaDocument): Resources {
  const made = known.get(document) ?? index(document);
  known.set(document, made);
  return made;
}

/** The address a file has when nothing else names it. */
export function fileAddress(path: string): string {
  return new URL(path.split('/').map(encodeURIComponent).join('/'), 'file:///').href;
}

/** An address against a base; undefined when the two do not go together (`a.json` against `urn:x`). */
export function resolveAddress(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

export function withoutFragment(address: string): string {
  const hash = address.indexOf('#');
  return hash === -1 ? address : address.slice(0, hash);
}

/** The base address that holds at a place of a document. */
export function baseAt(document: SchemaDocument, pointer: Pointer): string {
  const { bases } = resourcesOf(document);
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const base = bases.get(at);
    if (base !== undefined) return base;
    if (at === '') return fileAddress(document.path);
  }
}

function index(document: SchemaDocument): Resources {
  const roots = new Map<string, Pointer>();
  const anchors = new Map<string, Pointer>();
  const bases = new Map<Pointer, string>();
  const { dialect } = document;
  const file = fileAddress(document.path);
  roots.set(file, '');
  bases.set('', file);
  const left: [Json, Pointer, string][] = [[document.value, '', file]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [schema, pointer, outer] = next;
    const base = isObject(schema) ? enter(schema, pointer, outer) : outer;
    for (const { segments, value } of subschemas(schema, dialect)) {
      left.push([value, appendPointer(pointer, ...segments), base]);
    }
  }
  return { roots, anchors, bases };

  function enter(schema: { readonly [name: string]: Json }, pointer: Pointer, outer: string): string {
    let base = outer;
    const hidden = ignoresReferenceSiblings(dialect) && typeof own(schema, '$ref') === 'string';
    const id = hidden ? undefined : own(schema, identifierKeyword(dialect));
    if (typeof id === 'string') {
      const address = resolveAddress(id, outer);
      const anchor = isSince(dialect, '2019-09') ? '' : id.slice(id.indexOf('#') + 1 || id.length);
      if (address !== undefined && !id.startsWith('#')) {
        base = withoutFragment(address);
        if (!roots.has(base)) roots.set(base, pointer);
        bases.set(pointer, base);
      }
      if (anchor !== '') anchors.set(`${base}#${anchor}`, pointer);
    }
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = isSince(dialect, '2019-09') ? own(schema, keyword) : undefined;
      if (typeof anchor === 'string') anchors.set(`${base}#${anchor}`, pointer);
    }
    return base;
  }
}
