import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../core/configuration/parse.ts';
import { reviewPullRequest } from '../../../../core/review/review-pull-request.ts';
import { changesBetween, type Files, treeOf } from '../map-tree.ts';

const written = 'schemas: [{ files: "api/**", layout: openapi }]\nrules: { version-bump: off }';
const path = 'api/claims.yaml';

async function reviewOf(base: Files, head: Files, text = written) {
  const parsed = parseConfiguration({ path: '.github/sluice.yml', text });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const changedFiles = changesBetween(base, head);
  return reviewPullRequest({
    base: treeOf('b', base),
    head: treeOf('h', head),
    changedFiles,
    configuration: parsed.configuration,
  });
}

const api = `openapi: 3.1.0
info: { title: Claims, version: 1.4.0 }
paths:
  /claims:
    get: { responses: { '200': { description: ok } } }
components:
  schemas:
    Money:
      type: object
      properties:
        amount: { type: number }
        currency: { type: string }
    Claim:
      type: object
      required: [id]
      properties:
        id: { type: string }
        total: { $ref: '#/components/schemas/Money' }
    Person:
      type: object
      properties: { name: { type: string } }
`;

const of = (review: Awaited<ReturnType<typeof reviewOf>>) =>
  review.schemas.map(({ name, component, change, verdict }) => [name, component, change, verdict]);

describe('schemas of OpenAPI documents', () => {
  it('are reviewed one by one: those that changed, and those that refer to them', async () => {
    const review = await reviewOf(
      { [path]: api },
      { [path]: api.replace('amount: { type: number }', 'amount: { type: string }') },
    );
    expect(review).toMatchObject({ verdict: 'breaking', breakingCount: 2, problems: [] });
    expect(of(review)).toEqual([
      ['Claim', 'Claim', 'modified', 'breaking'],
      ['Money', 'Money', 'modified', 'breaking'],
    ]);
    const changes = review.schemas.flatMap(({ comparison }) => comparison?.changes ?? []);
    expect(changes.map((change) => [change.path, change.pointer, change.line, change.subject])).toEqual([
      [path, '/components/schemas/Money/properties/amount/type', 11, 'total.amount'],
      [path, '/components/schemas/Money/properties/amount/type', 11, 'amount'],
    ]);
  });

  it('say nothing of what changes around them', async () => {
    const elsewhere = api.replace('/claims:', '/all-claims:').replace('description: ok', 'description: fine');
    expect(elsewhere).not.toBe(api);
    expect(await reviewOf({ [path]: api }, { [path]: elsewhere })).toMatchObject({ schemas: [], verdict: 'none' });
  });

  it('are added and removed one by one, and all with their document', async () => {
    const without = api.replace(/ {4}Person:[\s\S]*$/, '');
    expect(of(await reviewOf({ [path]: api }, { [path]: without }))).toEqual([
      ['Person', 'Person', 'removed', 'breaking'],
    ]);
    expect(of(await reviewOf({ [path]: without }, { [path]: api }))).toEqual([
      ['Person', 'Person', 'added', 'compatible'],
    ]);
    const gone = await reviewOf({ [path]: api }, {});
    expect(of(gone).map(([name, , change]) => [name, change])).toEqual([
      ['Claim', 'removed'],
      ['Money', 'removed'],
      ['Person', 'removed'],
    ]);
    expect(gone.breakingCount).toBe(3);
  });

  it('take their version from the document', async () => {
    const more = api.replace('name: { type: string }', "name: { type: [string, 'null'] }");
    const review = await reviewOf({ [path]: api }, { [path]: more }, 'schemas: [{ files: "api/**", layout: openapi }]');
    expect(review.schemas).toMatchObject([{ oldVersion: '1.4.0', newVersion: '1.4.0' }]);
    expect(review.findings).toMatchObject([
      {
        rule: 'version-bump',
        place: { path, line: 2 },
        message: 'Version 1.4.0 is too low for a minor change',
        remedy: 'Write 1.5.0.',
      },
    ]);
  });

  it('refer to other files, which count', async () => {
    const outward = api.replace("$ref: '#/components/schemas/Money'", "$ref: '../shared/money.json'");
    const base = { [path]: outward, 'shared/money.json': '{"type":"number"}' };
    const review = await reviewOf(base, { ...base, 'shared/money.json': '{"type":"string"}' });
    expect(of(review)).toEqual([['Claim', 'Claim', 'modified', 'breaking']]);
    expect(review.schemas[0]?.through).toEqual(['shared/money.json']);
    const touched = await reviewOf(base, { ...base, [path]: outward.replace('name: { type: string }', 'name: {}') });
    expect(of(touched)).toEqual([['Person', 'Person', 'modified', 'compatible']]);
  });

  it('go by the dialect that the document names', async () => {
    const older = api.replace(
      'openapi: 3.1.0',
      "openapi: 3.1.0\njsonSchemaDialect: 'http://json-schema.org/draft-07/schema#'",
    );
    const tuple = (text: string) =>
      text.replace('name: { type: string }', 'name: { type: array, items: [{ type: string }] }');
    expect((await reviewOf({ [path]: older }, { [path]: tuple(older) })).problems).toEqual([]);
    expect((await reviewOf({ [path]: api }, { [path]: tuple(api) })).problems).toMatchObject([
      { place: { path, line: 21 } },
    ]);
    const unknown = older.replace('draft-07', 'draft-77');
    expect((await reviewOf({ [path]: api }, { [path]: unknown })).problems).toMatchObject([
      { place: { path, line: 2 } },
    ]);
  });

  it('bind an approval to each of them, and to nothing else', async () => {
    const broken = api.replace('amount: { type: number }', 'amount: { type: string }');
    const first = (await reviewOf({ [path]: api }, { [path]: broken })).fingerprint;
    expect(first).toBeDefined();
    expect((await reviewOf({ [path]: api }, { [path]: broken.replace('ok', 'fine') })).fingerprint).toBe(first);
    const both = broken.replace('name: { type: string }', 'name: { type: number }');
    expect((await reviewOf({ [path]: api }, { [path]: both })).fingerprint).not.toBe(first);
  });

  it.each([
    ['3.0', api.replace('3.1.0', '3.0.3'), /OpenAPI 3.0.3 does not/, 1],
    ['2.0', api.replace('openapi: 3.1.0', "swagger: '2.0'"), /OpenAPI 2.0 does not/, 1],
    ['none at all', '{ type: object }', /no OpenAPI document/, 1],
    ['its own names', api.replace('name: { type: string }', 'name: { $id: "x", type: string }'), /"\$id" inside/, 21],
    [
      'a reference to itself',
      api.replace('name: { type: string }', "name: { $ref: '#' }"),
      /whole OpenAPI document/,
      21,
    ],
    ['a reference that leads nowhere', api.replace('schemas/Money', 'schemas/Mony'), /leads nowhere/, 18],
  ])('are refused in a document of %s', async (_, text, says, line) => {
    const review = await reviewOf({ [path]: api }, { [path]: text });
    expect(review.problems[0]?.problem).toMatch(says);
    expect(review.problems[0]?.place).toMatchObject({ path, line });
  });

  it('are not proved to have stayed when the document was of another version', async () => {
    const review = await reviewOf({ [path]: api.replace('3.1.0', '3.0.3') }, { [path]: api });
    expect(new Set(of(review).map(([, , , verdict]) => verdict))).toEqual(new Set(['undecided']));
    expect(review.fingerprint).toBeDefined();
  });

  it('are never taken for a schema that allows everything', async () => {
    const review = await reviewOf({}, { [path]: api }, 'schemas: [{ files: "api/**" }]');
    expect(review.problems).toMatchObject([
      { place: { path, line: 1 }, remedy: expect.stringMatching(/layout: openapi/) },
    ]);
  });
});
