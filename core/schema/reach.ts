import type { SchemaBundle, SchemaDocument } from './document.ts';
import { isObject, type Json, own } from './json.ts';
import { keywordsOf } from './keywords.ts';
import { appendPointer, type Pointer } from './pointer.ts';
import { resolveReference } from './references.ts';
import { subschemas } from './subschemas.ts';

/** A schema that counts: in the document itself, or where a reference leads. */
export interface ReachedSchema {
  readonly document: SchemaDocument;
  readonly pointer: Pointer;
  readonly value: Json;
}

/** A reference that leads nowhere in the bundle. */
export interface DanglingReference {
  readonly document: SchemaDocument;
  /** Of the schema that holds it. */
  readonly pointer: Pointer;
  readonly keyword: string;
  readonly reference: string;
}

/**
 * All schemas of the root document and all that its references reach, each once. References are followed into places that are no
 * subschemas by themselves (`#/components/x`). Definitions that nothing refers to are included for the root only by the text.
 */
export function reach(bundle: SchemaBundle): {
  schemas: readonly ReachedSchema[];
  dangling: readonly DanglingReference[];
} {
  const schemas: ReachedSchema[] = [];
  const dangling: DanglingReference[] = [];
  const seen = new Map<SchemaDocument, Set<Pointer>>();
  const left: ReachedSchema[] = [{ document: bundle.root, pointer: '', value: bundle.root.value }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { document, pointer, value } = next;
    const pointers = seen.get(document) ?? new Set();
    seen.set(document, pointers);
    if (pointers.has(pointer)) continue;
    pointers.add(pointer);
    schemas.push(next);
    for (const { keyword, reference } of referencesIn(value, document)) {
      const target = resolveReference(bundle, document, pointer, reference);
      if (target) left.push(target);
      else dangling.push({ document, pointer, keyword, reference });
    }
    for (const { segments, value: inner } of subschemas(value, document.dialect)) {
      left.push({ document, pointer: appendPointer(pointer, ...segments), value: inner });
    }
  }
  return { schemas, dangling };
}

function referencesIn(schema: Json, { dialect }: SchemaDocument): { keyword: string; reference: string }[] {
  if (!isObject(schema)) return [];
  const found: { keyword: string; reference: string }[] = [];
  for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
    const reference = own(schema, keyword);
    if (typeof reference === 'string' && keywordsOf(dialect).has(keyword)) found.push({ keyword, reference });
  }
  return found;
}
