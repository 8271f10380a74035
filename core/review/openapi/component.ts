import { InputError } from '../../input-error.ts';
import type { SchemaBundle, SchemaDocument } from '../../schema/document.ts';
import { isObject, type Json, own } from '../../schema/json.ts';
import { fragmentOf } from '../../schema/local-references.ts';
import { refuseInvalidSchema } from '../../schema/metaschema.ts';
import { formatPointer, type Pointer, parsePointer } from '../../schema/pointer.ts';
import { reach } from '../../schema/reach.ts';
import { resolveReference } from '../../schema/references.ts';
import { refuseInvalidPatterns } from '../../schema/refuse-invalid-patterns.ts';
import { factsOf } from './component-facts.ts';
import { type OpenApi, readOpenApi } from './open-api.ts';

/** Where a component is in its document. */
export function componentPointer(name: string): Pointer {
  return formatPointer(['components', 'schemas', name]);
}

/** The components that one refers to, itself included. */
export interface Closure {
  readonly names: readonly string[];
  /** Whether something else is referred to as well: another file, or another part of the document. */
  readonly leavesComponents: boolean;
}

export function closureOf(openApi: OpenApi, names: readonly string[]): Closure {
  const { components } = openApi;
  const found = new Set(names.filter((name) => Object.hasOwn(components, name)));
  let leavesComponents = false;
  // A set that grows while it is walked is walked to its end.
  for (const name of found) {
    for (const reference of factsOf(openApi, name).references) {
      const [, , target] = reference.startsWith('#/components/schemas/')
        ? parsePointer(decode(reference.slice(1)))
        : [];
      if (target === undefined || !Object.hasOwn(components, target)) leavesComponents = true;
      else found.add(target);
    }
  }
  return { names: [...found].sort(), leavesComponents };
}

/**
 * A document that is the component, and whose places are those of the file: everything that is told of it has the file's own pointers and
 * lines. It holds no more of the file than the component needs.
 */
export function componentDocument(openApi: OpenApi, name: string): SchemaDocument {
  const { document, components } = openApi;
  const { names, leavesComponents } = closureOf(openApi, [name]);
  for (const each of names) refuseInvalid(openApi, each);
  const needed = Object.fromEntries(names.map((each) => [each, own(components, each) ?? null]));
  const all: Json = isObject(document.value) ? document.value : {};
  const rest = leavesComponents ? all : { info: own(all, 'info') ?? {}, components: { schemas: needed } };
  const pointer = componentPointer(name);
  return {
    path: document.path,
    text: document.text,
    value: { ...rest, $ref: fragmentOf(pointer) },
    dialect: document.dialect,
    get inexactNumbers() {
      return document.inexactNumbers;
    },
    locate: (at) => document.locate(at === '' || at === '/$ref' ? pointer : at),
  };
}

/** A document that refers to all components of an OpenAPI document: what they reach, it reaches. Throws as `readOpenApi` does. */
export function allComponents(file: { path: string; text: string }): SchemaDocument {
  const { document, components } = readOpenApi(file);
  const references = Object.keys(components).map((name) => ({ $ref: fragmentOf(componentPointer(name)) }));
  const value = isObject(document.value) ? document.value : {};
  return { ...document, value: { ...value, allOf: references } };
}

/** Throws `InputError` for what would mean something else here than it does in the file. Otherwise gives back the bundle. */
export function refuseOtherMeanings(bundle: SchemaBundle): SchemaBundle {
  const { root } = bundle;
  for (const { document, pointer, value } of reach(bundle).schemas) {
    if (!isObject(value)) continue;
    for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const reference = own(value, keyword);
      const target = typeof reference === 'string' ? resolveReference(bundle, document, pointer, reference) : undefined;
      // There stands the component here, and the whole OpenAPI document in the file.
      if (target?.document !== root || target.pointer !== '') continue;
      throw new InputError(
        `${keyword} ${JSON.stringify(reference)} is the whole OpenAPI document, which is no schema`,
        {
          remedy: 'Refer to a component: #/components/schemas/<name>',
          place: { path: document.path, ...document.locate(`${pointer}/${keyword}`) },
        },
      );
    }
    if (document !== root || pointer === '') continue;
    for (const keyword of ['$id', '$schema']) {
      if (typeof own(value, keyword) !== 'string') continue;
      throw new InputError(`Sluice does not read "${keyword}" inside an OpenAPI document`, {
        remedy: keyword === '$id' ? 'Refer to the component by its pointer' : 'Say it for all with "jsonSchemaDialect"',
        place: { path: root.path, ...root.locate(`${pointer}/${keyword}`) },
      });
    }
  }
  return bundle;
}

const sound = new WeakMap<OpenApi, Set<string>>();

function refuseInvalid(openApi: OpenApi, name: string): void {
  const { document, components } = openApi;
  const checked = sound.get(openApi) ?? new Set<string>();
  sound.set(openApi, checked);
  if (checked.has(name)) return;
  const component: SchemaDocument = {
    path: document.path,
    text: '',
    value: own(components, name) ?? null,
    dialect: document.dialect,
    inexactNumbers: [],
    locate: (at) => document.locate(componentPointer(name) + at),
  };
  refuseInvalidSchema(component);
  refuseInvalidPatterns(component);
  checked.add(name);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
