import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { SchemaSet } from '../../../../core/configuration/configuration.ts';
import { defaultConfiguration } from '../../../../core/configuration/defaults.ts';
import { reviewPullRequest } from '../../../../core/review/review-pull-request.ts';
import type { Dialect } from '../../../../core/schema/dialect.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/schema/json.ts';
import { parseSchema } from '../../../../core/schema/parse.ts';
import { changesBetween, treeOf } from '../map-tree.ts';

const fixtures = fileURLToPath(new URL('../../compatibility/fixtures/', import.meta.url));
const read = (fixture: string, side: 'old' | 'new'): Json =>
  JSON.parse(readFileSync(`${fixtures}${fixture}/${side}.json`, 'utf8')) as Json;

/** The schema as the component `It` of an OpenAPI document, with the pointers of its references led there. */
function asComponent(schema: JsonObject, dialect: string): string {
  const { $schema: _, ...rest } = schema;
  const text = JSON.stringify(rest)
    .replaceAll('"$ref":"#/', '"$ref":"#/components/schemas/It/')
    .replaceAll('"$ref":"#"', '"$ref":"#/components/schemas/It"');
  return `{"openapi":"3.1.0","info":{"title":"t","version":"1.0.0"},"jsonSchemaDialect":${JSON.stringify(dialect)},"components":{"schemas":{"It":${text}}}}`;
}

const addresses: Readonly<Record<Dialect, string>> = {
  'draft-04': 'http://json-schema.org/draft-04/schema#',
  'draft-06': 'http://json-schema.org/draft-06/schema#',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

/** Those whose words do not depend on where the schema stands. */
const pairs = readdirSync(fixtures).flatMap((fixture) => {
  const [old, next] = [read(fixture, 'old'), read(fixture, 'new')];
  if (!isObject(old) || !isObject(next)) return [];
  const [dialect, other] = [old, next].map(
    (schema) => addresses[parseSchema({ path: 'a.json', text: JSON.stringify(schema) }).dialect],
  );
  const words = JSON.stringify([old, next]);
  const stays = dialect === other && !/"(?:\$id|id|\$anchor|\$dynamicRef|\$recursiveRef)":/.test(words);
  return stays && dialect !== undefined && fixture !== 'append-only-violated' ? [{ fixture, old, next, dialect }] : [];
});

async function verdictsOf(path: string, old: string, next: string, set: Omit<SchemaSet, 'files' | 'formatAssertion'>) {
  const [base, head] = [{ [path]: old }, { [path]: next }];
  const { schemas, problems } = await reviewPullRequest({
    base: treeOf('b', base),
    head: treeOf('h', head),
    changedFiles: changesBetween(base, head),
    configuration: { ...defaultConfiguration, schemas: [{ files: '**', formatAssertion: true, ...set }] },
  });
  expect(problems).toEqual([]);
  return schemas.map(({ comparison }) => [
    comparison?.backward.verdict,
    comparison?.forward.verdict,
    comparison?.changes.map(({ kind }) => kind),
  ]);
}

describe('a schema', () => {
  it('has fixtures to be tried on', () => {
    expect(pairs.length).toBeGreaterThan(50);
  });

  it.each(pairs)('means the same in an OpenAPI document: $fixture', async ({ old, next, dialect }) => {
    const spelled = (schema: JsonObject) => JSON.stringify({ ...schema, $schema: dialect });
    const plain = await verdictsOf('a.json', spelled(old), spelled(next), { compatibility: 'FULL' });
    const component = await verdictsOf('a.json', asComponent(old, dialect), asComponent(next, dialect), {
      compatibility: 'FULL',
      layout: 'openapi',
    });
    expect(component).toEqual(plain);
  });
});
