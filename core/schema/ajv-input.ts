import type { SchemaBundle, SchemaDocument } from './document.ts';
import type { Json } from './json.ts';
import { fragmentOf, withLocalReferences } from './local-references.ts';
import { prepareForAjv } from './prepare-for-ajv.ts';
import type { ReachedSchema } from './reach.ts';

/** What ajv compiles: a schema, and the files it refers to by address. */
export interface AjvInput {
  readonly root: Json;
  readonly files: ReadonlyMap<string, Json>;
}

/** Each file gets a number for an address, each reference is spelled by it; metaschemas keep their published address. */
export function withNumberedFiles(bundle: SchemaBundle, reached: readonly ReachedSchema[]): AjvInput {
  const documents = [...new Set([bundle.root, ...reached.map(({ document }) => document)])];
  const local = documents.filter((document) => document === bundle.root || bundle.files.has(document.path));
  const spelled = new Set<string>();
  const prepared = local.map((from) => {
    const { value, schemas } = withLocalReferences(bundle, from, reached, (document, pointer) => {
      const at = local.indexOf(document);
      const resource = document === from ? '' : at === -1 ? document.path : `sluice:${at}`;
      const reference = resource + fragmentOf(pointer);
      spelled.add(reference);
      return reference;
    });
    return prepareForAjv(value, from.dialect, schemas, (reference) => spelled.has(reference));
  });
  const [root = true] = prepared;
  if (prepared.length === 1) return { root, files: new Map() };
  return { root: { $ref: 'sluice:0#' }, files: new Map(prepared.map((schema, at) => [`sluice:${at}`, schema])) };
}

/** For dynamic references, which need the addresses that the author chose: ajv resolves them by itself. */
export function asWritten(bundle: SchemaBundle, reached: readonly ReachedSchema[]): AjvInput {
  const schemas = new Set(reached.map(({ value }) => value));
  const prepare = (document: SchemaDocument) => prepareForAjv(document.value, document.dialect, schemas, () => true);
  return {
    root: prepare(bundle.root),
    files: new Map([...bundle.files.values()].map((document) => [document.path, prepare(document)])),
  };
}
