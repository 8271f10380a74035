import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { breakingChange, configuration, type Scene, schemas, startScene } from '../fixture.ts';

/** Content that is made to break, to exhaust or to speak through Sluice. Whatever it is, the App lives on and lets nothing through. */
let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

const deep = (levels: number): string =>
  `{"version":"2.0.0","type":"object","properties":${'{"a":{"properties":'.repeat(levels)}{}${'}}'.repeat(levels)}}`;
const claim = (more: string): string => `{"version":"2.0.0","type":"object",${more}}`;
const aliases = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
  .split('')
  .map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}]\n`)
  .join('')}`;

/** Files of a pull request, none of which may lead to anything that passes or runs. */
const content: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  'resource bombs (threat 9)': {
    'a schema that nests ten thousand deep': { [schemas.path]: deep(10_000) },
    'a schema of five megabytes': {
      [schemas.path]: claim(`"description":"${'x'.repeat(5_000_000)}","properties":{"amount":{"type":"number"}}`),
    },
    'a schema whose pattern takes for ever': {
      [schemas.path]: claim(
        '"additionalProperties":false,"properties":{"amount":{"type":"string","pattern":"^(a+)+$"}}',
      ),
    },
    'a schema that refers to itself all round': {
      [schemas.path]: claim(
        '"allOf":[{"$ref":"#/definitions/a"}],"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}}',
      ),
    },
    'a migration whose aliases grow to a billion words': { ...breakingChange, [schemas.migrationPath]: aliases },
    'a configuration whose aliases grow to a billion words': { ...breakingChange, '.github/sluice.yml': aliases },
    'a configuration of three hundred kilobytes': {
      ...breakingChange,
      '.github/sluice.yml': `${configuration}# ${'x'.repeat(300_000)}\n`,
    },
  },
  'references that lead outside (threat 10)': {
    'a reference to the metadata service of a cloud': {
      [schemas.path]: claim('"properties":{"amount":{"$ref":"http://169.254.169.254/latest/meta-data/"}}'),
    },
    'a reference to a file of the server': {
      [schemas.path]: claim('"properties":{"amount":{"$ref":"file:///etc/passwd"}}'),
    },
    'a reference out of the repository': {
      [schemas.path]: claim('"properties":{"amount":{"$ref":"../../../../../../etc/passwd"}}'),
    },
  },
  'addresses and secrets in the repository (threat 12)': {
    'a configuration that holds the address of a database': {
      ...breakingChange,
      '.github/sluice.yml': configuration.replace('public.claims', '"postgres://u:hunter2@db/claims"'),
    },
    'a configuration that says where notifications go': {
      ...breakingChange,
      '.github/sluice.yml': `${configuration}notifications: { slack: "http://169.254.169.254/hunter2" }\n`,
    },
  },
  'broken content': {
    'a schema that is no json': { [schemas.path]: '{ "version": "2.0.0", ' },
    'a schema that names a property twice': { [schemas.path]: '{"version":"2.0.0","type":"object","type":"string"}' },
    'a migration for other versions': {
      ...breakingChange,
      [schemas.migrationPath]: schemas.migration.replace('from: 1.0.0', 'from: 0.1.0'),
    },
    'a migration that leaves records invalid': {
      ...breakingChange,
      [schemas.migrationPath]: schemas.migration.replace(/transform:[\s\S]*/, 'transform: []\n'),
    },
  },
};

describe.each(Object.entries(content))('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s: never passes, never runs, and the App answers on', async (_, files) => {
    const pull = await scene.propose(files);
    expect(await scene.check(pull)).not.toMatch(/^(success|neutral)/);
    await scene.review(pull, 'platform-engineer');
    await scene.merge(pull);
    expect(await scene.runs()).toEqual([]);
    expect(await scene.summary(pull)).not.toMatch(/hunter2|root:/);
    expect(scene.log.join('')).not.toContain('hunter2');
    expect((await fetch(`${scene.app.url}/healthz`)).status).toBe(200);
  });
});

describe('words that would speak through Sluice (threat 8)', () => {
  const names: Readonly<Record<string, string>> = {
    'a mention of everybody': 'schemas/@acme/platform please approve.json',
    'html with a script': 'schemas/<img src=x onerror=alert(1)>.json',
    'a link that looks like a button': 'schemas/[approve](evil.example).json',
    'text that turns around': 'schemas/\u202enosj.json',
    'a command of a workflow': 'schemas/::error::x.json',
    'the end of a block of code': 'schemas/`` ` ```.json',
  };
  it.each(Object.entries(names))('%s in the name of a schema is shown as what it is', async (_, path) => {
    await scene.repository.commitFiles('main', { [path]: schemas.old }, { by: 'owner' });
    await scene.idle();
    const pull = await scene.propose({ [path]: schemas.breaking });
    await scene.merge(pull);
    const [issue] = await scene.repository.issues('owner');
    // GitHub shows titles as plain text.
    const seen = [await scene.summary(pull), issue?.body ?? ''].join('\n');
    const outsideCode = seen.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(outsideCode).not.toMatch(/(^|\s)@acme|<img|[^\\]\]\(evil|\u202e|^::error/m);
    expect(issue?.title).not.toMatch(/[\u202e\n]/);
  });

  it('a property called __proto__ changes nothing but itself', async () => {
    const text =
      '{"version":"2.0.0","type":"object","additionalProperties":false,"properties":{"__proto__":{"type":"number"}}}';
    const pull = await scene.propose({ [schemas.path]: text, [schemas.migrationPath]: schemas.migration });
    await scene.merge(pull);
    expect(await scene.runs()).toEqual([]);
    expect(({} as { type?: string }).type).toBeUndefined();
  });

  it('the title of a pull request is in no log, check or issue', async () => {
    await scene.repository.commitFiles('change', breakingChange, { by: 'developer' });
    const title = '::set-output name=x::@acme/platform <b>title</b>';
    const pull = await scene.repository.openPullRequest({ head: 'change', title, by: 'developer' });
    await scene.idle();
    await scene.merge(pull);
    const [issue] = await scene.repository.issues('owner');
    expect([await scene.summary(pull), issue?.body, issue?.title, ...scene.log].join('\n')).not.toContain('set-output');
  });
});
