import type { SchemaDocument } from '../../../schema/document.ts';
import type { Json } from '../../../schema/json.ts';
import type { Pointer } from '../../../schema/pointer.ts';
import type { Scope } from './scope.ts';

/** A place where a schema stands, reached in a certain dynamic scope. */
export interface Location {
  readonly document: SchemaDocument;
  readonly pointer: Pointer;
  readonly value: Json;
  readonly scope: Scope;
}

export function locationKey({ document, pointer, scope }: Location): string {
  return `${document.path}#${pointer}@${scope.key}`;
}
