// templates and action/ → dist/index.cjs: one file, so that the Action needs no installation.
// `--check` writes nothing and fails when the committed bundle is not what the sources say.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compactUnicodeTables } from './compact-unicode-tables.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = `${root}dist/index.cjs`;
const largest = 1_500_000;
const isCheck = process.argv.includes('--check');

if (!isCheck) {
  const { status } = spawnSync(process.execPath, [`${root}scripts/precompile-templates.js`], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const { outputFiles, warnings } = await build({
  absWorkingDir: root,
  entryPoints: ['action/main.ts'],
  outfile,
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
  plugins: [compactUnicodeTables, withoutUndici()],
  logLevel: 'error',
});
const [bundle] = outputFiles;
if (!bundle || warnings.length > 0) throw new Error('esbuild made no bundle');
if (bundle.contents.length > largest)
  throw new Error(`the bundle has ${bundle.contents.length} bytes, more than ${largest}`);

if (isCheck) {
  let current = '';
  try {
    current = readFileSync(outfile, 'utf8');
  } catch {
    // Missing counts as not current.
  }
  if (current !== bundle.text) {
    console.error('dist/index.cjs is not what the sources say: run `npm run bundle`.');
    process.exit(1);
  }
} else {
  await mkdir(`${root}dist`, { recursive: true });
  await writeFile(outfile, bundle.contents);
  console.log(`dist/index.cjs: ${(bundle.contents.length / 1024).toFixed(0)} KiB`);
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
