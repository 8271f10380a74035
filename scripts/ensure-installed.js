// Runs before `npm test` and `npm run demo`: a fresh checkout needs no other command first.
// Only Node's own modules here, since nothing may be installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = new URL('../package-lock.json', import.meta.url);
const installed = new URL('../node_modules/.package-lock.json', import.meta.url);

if (!isInstalled()) run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts=false']);
else if (process.argv.includes('--build')) run(process.execPath, ['scripts/build.js']);

/** True when every package of the lock file is in node_modules at the version the lock names. */
function isInstalled() {
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(lock, 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
