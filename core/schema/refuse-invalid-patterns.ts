import { InputError } from '../input-error.ts';
import type { SchemaDocument } from './document.ts';
import { isObject, type Json, own } from './json.ts';
import { compilePattern } from './pattern.ts';
import { appendPointer, type Pointer } from './pointer.ts';
import { subschemas } from './subschemas.ts';

/** The metaschemas ask for regular expressions by `format`, which ajv leaves alone in metaschemas. Throws `InputError`. */
export function refuseInvalidPatterns(document: SchemaDocument): void {
  const left: [Json, Pointer][] = [[document.value, '']];
  for (let next = left.pop(); next; next = left.pop()) {
    const [schema, pointer] = next;
    for (const [source, at] of patternsIn(schema)) {
      if (compilePattern(source) === undefined) throw invalid(document, source, pointer + at);
    }
    for (const { segments, value } of subschemas(schema, document.dialect)) {
      left.push([value, appendPointer(pointer, ...segments)]);
    }
  }
}

function patternsIn(schema: Json): [string, Pointer][] {
  if (!isObject(schema)) return [];
  const [pattern, properties] = [own(schema, 'pattern'), own(schema, 'patternProperties')];
  const names = isObject(properties) ? Object.keys(properties) : [];
  return [
    ...(typeof pattern === 'string' ? [[pattern, '/pattern'] as [string, Pointer]] : []),
    ...names.map((name): [string, Pointer] => [name, appendPointer('/patternProperties', name)]),
  ];
}

function invalid(document: SchemaDocument, source: string, pointer: Pointer): InputError {
  return new InputError(`${pointer} is no regular expression of ECMA-262: ${JSON.stringify(source)}`, {
    remedy: 'Write it as JavaScript reads it, without (?i), (?P<name>…) and the like',
    place: { path: document.path, ...document.locate(pointer) },
  });
}
