import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { closedProducers } from '../../../core/compatibility/closed-producers.ts';
import { isWrittenClosed } from '../../../core/compatibility/closed-writing.ts';
import { combineOne } from '../../../core/compatibility/combined.ts';
import { loneBundle } from '../../../core/schema/bundle.ts';
import { dialects } from '../../../core/schema/dialect.ts';
import type { Json } from '../../../core/schema/json.ts';
import { parseSchema } from '../../../core/schema/parse.ts';
import { validatorFor } from '../../../core/schema/validator.ts';
import { ValidatorUnavailable } from '../../../core/schema/validator-unavailable.ts';
import { documents, schemas } from './inclusion/fuzz-schemas.ts';

const bundleOf = (value: Json) => loneBundle(parseSchema({ path: 'claim.json', text: JSON.stringify(value) }));

function isWritten(schema: Json, document: Json): boolean {
  const combined = combineOne(bundleOf(schema));
  if (!combined) throw new Error('this schema cannot be combined');
  return isWrittenClosed(combined, combined.old, document);
}

test.each<[string, Json, Json, boolean]>([
  ['a declared property', { properties: { a: {} } }, { a: 1 }, true],
  ['another one', { properties: { a: {} } }, { b: 1 }, false],
  ['another one where any may come', { properties: { a: {} }, additionalProperties: { type: 'null' } }, { b: 1 }, true],
  ['a property of a place that names none', { type: 'object' }, { b: 1 }, true],
  ['a name that a pattern covers', { patternProperties: { '^x': {} } }, { x1: { y: 1 } }, true],
  ['a name that no pattern covers', { patternProperties: { '^x': {} } }, { y: 1 }, false],
  ['what a pattern that looks around may cover', { patternProperties: { '^(?=x)': {} } }, { x: 1 }, false],
  ['one deeper', { properties: { a: { items: { properties: { b: {} } } } } }, { a: [{ b: 1 }, { c: 1 }] }, false],
  ['one behind a reference', { properties: { a: { $ref: '#' } } }, { a: { a: { b: 1 } } }, false],
  ['a name like __proto__', { properties: { a: {} } }, JSON.parse('{"__proto__":1}') as Json, false],
])('%s', (_, schema, document, expected) => {
  expect(isWritten(schema, document)).toBe(expected);
});

test('a valid document that closed producers surely write is valid under the schema of all that they write', () => {
  let seen = 0;
  let shown = 0;
  const any = fc.constantFrom(...dialects).chain((dialect) => fc.tuple(fc.constant(dialect), schemas(dialect)));
  fc.assert(
    fc.property(any, fc.array(documents, { minLength: 8, maxLength: 8 }), ([dialect, value], candidates) => {
      const text = JSON.stringify(value);
      const bundle = { root: parseSchema({ path: 'claim.json', text }, { defaultDialect: dialect }), files: new Map() };
      const combined = combineOne(bundle);
      if (!combined) return;
      try {
        const options = { formatAssertion: false };
        const [valid, closed] = [validatorFor(bundle, options), validatorFor(closedProducers(bundle), options)];
        for (const document of candidates.filter((candidate) => valid(candidate).length === 0)) {
          seen += 1;
          if (!isWrittenClosed(combined, combined.old, document)) continue;
          shown += 1;
          expect(closed(document), `${text} ${JSON.stringify(document)}`).toEqual([]);
        }
      } catch (error) {
        if (!(error instanceof ValidatorUnavailable)) throw error;
      }
    }),
    { numRuns: 120, seed: 20_261_121 },
  );
  expect(shown).toBeGreaterThan(40);
  expect(seen).toBeGreaterThan(shown);
});
