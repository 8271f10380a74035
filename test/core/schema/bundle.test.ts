import { describe, expect, test } from 'vitest';
import { InputError } from '../../../core/input-error.ts';
import { loadBundle, loneBundle } from '../../../core/schema/bundle.ts';
import { parseSchema } from '../../../core/schema/parse.ts';
import { resolveReference } from '../../../core/schema/references.ts';
import { validatorFor } from '../../../core/schema/validator.ts';

/** The files of a repository, and a bundle from one of them. */
async function load(files: Record<string, unknown>, root: string) {
  const asked: string[] = [];
  const read = async (path: string) => {
    asked.push(path);
    return path in files ? JSON.stringify(files[path], null, 1) : undefined;
  };
  const bundle = await loadBundle(parseSchema({ path: root, text: JSON.stringify(files[root], null, 1) }), read);
  return { bundle, asked };
}

describe('references across files', () => {
  test('a relative path is taken from the file that refers', async () => {
    const { bundle } = await load(
      {
        'schemas/claim.json': { properties: { amount: { $ref: 'parts/money.json#/definitions/money' } } },
        'schemas/parts/money.json': { definitions: { money: { $ref: '../base.json' } } },
        'schemas/base.json': { type: 'number' },
      },
      'schemas/claim.json',
    );
    expect([...bundle.files.keys()]).toEqual(['schemas/parts/money.json', 'schemas/base.json']);
    const validate = validatorFor(bundle, { formatAssertion: false });
    expect(validate({ amount: 1 })).toEqual([]);
    expect(validate({ amount: 'x' })).toEqual([{ at: '/amount', message: 'must be number' }]);
  });
  test('an address is found where the files that call themselves so lie', async () => {
    const { bundle } = await load(
      {
        'schemas/claim.json': {
          $id: 'https://acme.test/v1/claim.json',
          properties: { amount: { $ref: 'https://acme.test/v1/parts/money.json' } },
        },
        'schemas/parts/money.json': { $id: 'https://acme.test/v1/parts/money.json', type: 'number' },
      },
      'schemas/claim.json',
    );
    expect([...bundle.files.keys()]).toEqual(['schemas/parts/money.json']);
    expect(validatorFor(bundle, { formatAssertion: false })({ amount: 'x' })).toHaveLength(1);
  });
  test('files that refer to each other end', async () => {
    const { bundle } = await load(
      {
        'a.json': { properties: { b: { $ref: 'b.json' } }, additionalProperties: false },
        'b.json': { properties: { a: { $ref: 'a.json#' } } },
      },
      'a.json',
    );
    const validate = validatorFor(bundle, { formatAssertion: false });
    expect(validate({ b: { a: { b: {} } } })).toEqual([]);
    expect(validate({ b: { a: { c: 1 } } })).toEqual([{ at: '/b/a', message: 'must not have the property "c"' }]);
  });
  test('a published metaschema needs no file', async () => {
    const { bundle, asked } = await load({ 'a.json': { $ref: 'http://json-schema.org/draft-07/schema#' } }, 'a.json');
    expect(asked).toEqual([]);
    expect(validatorFor(bundle, { formatAssertion: false })({ type: 'strin' })).not.toEqual([]);
  });
});

describe('references that cannot be followed', () => {
  test('a remote one is refused at its line, and nothing is asked for over the network', async () => {
    const files = { 'a.json': { properties: { x: { $ref: 'https://acme.test/x.json' } } } };
    const error = await load(files, 'a.json').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).place).toEqual({ path: 'a.json', line: 4, column: 12 });
    expect((error as InputError).problem).toContain('is not in the repository');
  });
  test('one to a place that is not there is refused, in whichever file it stands', async () => {
    const files = { 'a.json': { $ref: 'b.json' }, 'b.json': { properties: { x: { $ref: '#/definitions/none' } } } };
    const error = (await load(files, 'a.json').catch((caught: unknown) => caught)) as InputError;
    expect(error.place).toMatchObject({ path: 'b.json', line: 4 });
  });
  test('a path cannot leave the repository', async () => {
    const { asked } = await load({ 'a/b.json': { $ref: '../../../../c.json' }, 'c.json': true }, 'a/b.json');
    expect(asked).toEqual(['c.json']);
  });
});

describe('names inside a document', () => {
  const lone = (schema: unknown) => loneBundle(parseSchema({ path: 'a.json', text: JSON.stringify(schema) }));
  test('anchors and nested resources are found by the address that holds there', () => {
    const bundle = lone({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://acme.test/root',
      properties: { a: { $ref: 'item#tag' } },
      $defs: { i: { $id: 'item', $defs: { t: { $anchor: 'tag', type: 'string' } } } },
    });
    expect(resolveReference(bundle, bundle.root, '/properties/a', 'item#tag')?.pointer).toBe('/$defs/i/$defs/t');
    expect(validatorFor(bundle, { formatAssertion: false })({ a: 1 })).toHaveLength(1);
  });
  test('up to draft 07 a name beside $ref counts for nothing', () => {
    const bundle = lone({
      $id: 'http://acme.test/root.json',
      properties: { a: { $id: 'http://other.test/', $ref: '#/definitions/s' } },
      definitions: { s: { type: 'string' } },
    });
    expect(resolveReference(bundle, bundle.root, '/properties/a', '#/definitions/s')?.pointer).toBe('/definitions/s');
  });
  test('pointers with escapes and percent signs are undone', () => {
    const bundle = lone({
      properties: { a: { $ref: '#/definitions/x~1y%25' } },
      definitions: { 'x/y%': { type: 'null' } },
    });
    expect(validatorFor(bundle, { formatAssertion: false })({ a: 1 })).toHaveLength(1);
  });
});
