// templates and action/ → dist/, so that the Action needs no installation: index.cjs is what runs; sql.cjs and the parser beside it are
// loaded when a pull request changes SQL, database.cjs when there is a database to ask. `--check` writes nothing and fails when what is committed is not
// what the sources say.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compactUnicodeTables } from './compact-unicode-tables.js';
import { usedEndpoints } from './used-endpoints.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Bytes. Every run of every pull request loads it. */
const largest = 1_500_000;
const isCheck = process.argv.includes('--check');

if (!isCheck) {
  const { status } = spawnSync(process.execPath, [`${root}scripts/precompile-templates.js`], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const files = new Map([
  ['index.cjs', await bundle('action/main.ts')],
  ['sql.cjs', await bundle('core/sql/lint-migrations.ts')],
  ['database.cjs', await bundle('action/database/ask.ts')],
  ['libpg-query.cjs', await bundle('libpg-query')],
  ['libpg-query.wasm', readFileSync(createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm'))],
]);
const size = files.get('index.cjs')?.length ?? 0;
if (size > largest) throw new Error(`the bundle has ${size} bytes, more than ${largest}`);

await mkdir(`${root}dist`, { recursive: true });
const present = readdirSync(`${root}dist`);
if (isCheck) {
  const stale = [...files].filter(
    ([name, bytes]) => !present.includes(name) || !readFileSync(`${root}dist/${name}`).equals(bytes),
  );
  const unknown = present.filter((name) => !files.has(name));
  for (const name of [...stale.map(([name]) => name), ...unknown]) {
    console.error(`dist/${name} is not what the sources say: run \`npm run bundle\`.`);
  }
  if (stale.length + unknown.length > 0) process.exit(1);
} else {
  for (const name of present) if (!files.has(name)) rmSync(`${root}dist/${name}`, { recursive: true });
  for (const [name, bytes] of files) {
    writeFileSync(`${root}dist/${name}`, bytes);
    console.log(`dist/${name}: ${(bytes.length / 1024).toFixed(0)} KiB`);
  }
}

/** One CommonJS file with all that the entry reaches, minified. */
async function bundle(entry) {
  const { outputFiles, warnings } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: `${root}dist/out.cjs`,
    bundle: true,
    write: false,
    platform: 'node',
    // GitHub runs it on Node 24; tests and the demo on whatever Node the project supports.
    target: 'node20',
    // jsonc-parser's CommonJS build finds its parts in a way that no bundler follows.
    mainFields: ['module', 'main'],
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    // Optional parts of pg that need a native build or another runtime.
    external: ['pg-native', 'cloudflare:sockets', 'pg-cloudflare'],
    // Packages that are ES modules ask for it; a CommonJS file has no other way to say where it is.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: '"use strict";const importMetaUrl=require("node:url").pathToFileURL(__filename).href;' },
    plugins: [compactUnicodeTables, withoutUndici(), onlyContext(), withoutOtherTemplates(), usedEndpoints, apart()],
    logLevel: 'error',
  });
  const [output] = outputFiles;
  if (!output || warnings.length > 0) {
    throw new Error(`esbuild made no bundle of ${entry}: ${warnings.map(({ text }) => text).join('; ')}`);
  }
  return Buffer.from(output.contents);
}

/** What few runs need is found beside the bundle when it is imported. */
function apart() {
  return {
    name: 'apart',
    setup(build) {
      for (const [filter, path] of [
        [/lint-migrations\.ts$/, './sql.cjs'],
        [/database\/ask\.ts$/, './database.cjs'],
        [/^libpg-query$/, './libpg-query.cjs'],
      ]) {
        build.onResolve({ filter }, ({ kind }) => (kind === 'dynamic-import' ? { path, external: true } : undefined));
      }
    },
  };
}

/** What the App and the terminal say is no part of the Action. One template begins with its name at the beginning of a line. */
function withoutOtherTemplates() {
  return {
    name: 'without-other-templates',
    setup(build) {
      build.onLoad({ filter: /templates\.generated\.ts$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replaceAll(
          /^"(?:app\/|history|page\/timeline)[^"]*": [^]*?(?=^(?:"[^"]+": |\};$))/gm,
          '',
        ),
        loader: 'ts',
      }));
    },
  };
}

/** Of @actions/github the Action takes the context; its client, with a proxy's and Octokit's own, would come along. */
function onlyContext() {
  return {
    name: 'only-context',
    setup(build) {
      build.onLoad({ filter: /@actions[\\/]github[\\/]lib[\\/]github\.js$/ }, ({ path }) => {
        if (!readFileSync(path, 'utf8').includes('export const context = new Context.Context();'))
          throw new Error('@actions/github is not written as it was: its context was not found');
        return { contents: `import { Context } from './context.js';\nexport const context = new Context();` };
      });
    },
  };
}

/** undici comes with parts of @actions/* that the Action does not use (OIDC, downloads); Node's own fetch does the rest. */
function withoutUndici() {
  return {
    name: 'without-undici',
    setup(build) {
      build.onResolve({ filter: /^undici$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
      build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
        contents: `const leftOut=()=>{throw new Error("undici is not in the bundle")};
module.exports=new Proxy({},{get:(_,name)=>name==="__esModule"?false:leftOut});`,
      }));
    },
  };
}
