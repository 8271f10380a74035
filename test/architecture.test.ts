import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which rooms each room may import from, besides itself. Everything else is a wall. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  github: ['core'],
  registry: ['core'],
  action: ['core', 'github'],
  app: ['core', 'github', 'registry'],
  runner: ['core', 'registry'],
  cli: ['core', 'github', 'registry', 'action', 'app', 'runner'],
  sandbox: ['core', 'github', 'registry', 'action', 'app', 'runner', 'cli'],
  // The fuzz of the engine is one program, run by the tests for seconds and from here for as long as one likes.
  bench: ['core', 'github', 'registry', 'action', 'app', 'runner', 'cli', 'sandbox', 'test'],
};

/**
 * `core` says what a schema change means and must be the same everywhere and for ever: whatever reaches the outside world stays out.
 * node:crypto and node:assert are pure computation; files it reads none: templates are precompiled into it.
 */
const packagesCoreMayUse = new Set([
  'ajv',
  'ajv-draft-04',
  'ajv-formats',
  'croner',
  'handlebars',
  'json-schema-diff-validator',
  'jsonc-parser',
  'libpg-query',
  'picomatch',
  'refa',
  'semver',
  'yaml',
  'node:assert',
  'node:crypto',
]);

interface Import {
  readonly file: string;
  readonly target: string;
}

const sources = Object.keys(mayImport).flatMap((room) => filesIn(join(root, room)));
const imports = sources.flatMap(importsOf);

describe('the walls between the rooms', () => {
  it('finds imports at all, so that an empty scan cannot pass for a clean one', () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  it('lets imports go one way only', () => {
    const crossings = imports
      .filter(({ target }) => target.startsWith('.') && !target.endsWith('/package.json'))
      .map(({ file, target }) => ({ file, from: roomOf(file), to: roomOf(join(dirname(file), target)), target }))
      .filter(({ from, to }) => from !== to && !(mayImport[from] ?? []).includes(to))
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(crossings).toEqual([]);
  });

  it('keeps GitHub, databases, queues and the file system out of core', () => {
    const leaks = imports
      .filter(({ file, target }) => roomOf(file) === 'core' && !target.startsWith('.'))
      .filter(({ target }) => !packagesCoreMayUse.has(packageOf(target)))
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(leaks).toEqual([]);
  });

  it('keeps the clock, chance and the environment out of core', () => {
    const leaks = sources
      .filter((file) => roomOf(relative(root, file)) === 'core')
      .filter((file) =>
        /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|\bprocess\.|\bfetch\(/.test(
          withoutComments(readFileSync(file, 'utf8')),
        ),
      )
      .map((file) => relative(root, file));
    expect(leaks).toEqual([]);
  });

  it('uses node: for every module of Node, so that a package of the same name cannot slip in', () => {
    const bare = imports
      .filter(({ target }) => builtinModules.includes(target))
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(bare).toEqual([]);
  });

  it('has no catch-all rooms or files', () => {
    const catchAlls = sources
      .map((file) => relative(root, file))
      .filter((file) => /(^|\/)(utils?|helpers?|common|lib|misc|interfaces)(\/|\.ts$)/.test(file));
    expect(catchAlls).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(path: string): Import[] {
  const text = withoutComments(readFileSync(path, 'utf8'));
  const pattern = /(?:\bfrom\s+|\bimport\s+|\bimport\()\s*'([^']+)'/g;
  return [...text.matchAll(pattern)].map((match) => ({ file: relative(root, path), target: match[1] ?? '' }));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function packageOf(target: string): string {
  return target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? '');
}
