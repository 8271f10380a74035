// Writes package-lock.json: exact versions for every platform, and no download addresses.
//
// A registry that serves packages of some platforms only makes npm leave the others out of the lock file, and `npm ci` then refuses
// that file everywhere. So the entries that are missing are added: their version stands in the package that asks for them.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = `${root}package-lock.json`;
const options = ['--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved'];
const { status } = spawnSync('npm', ['install', ...options], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

const lock = JSON.parse(readFileSync(path, 'utf8'));
const packages = { ...lock.packages };
let added = 0;
for (const [place, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isLocked(place, name) || !/^\d/.test(version)) continue;
    packages[`node_modules/${name}`] = { version, ...platform(name), ...(dev ? { dev } : {}), optional: true };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json is written; ${added} packages of other platforms were added.`);

/** Whether npm would find the package from there: in its own node_modules, or in one further up. */
function isLocked(place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

/** By convention the name of such a package says what it is for. */
function platform(name) {
  const words = name.split(/[^a-z0-9]+/);
  const cpu = words.filter((word) => processors.includes(word));
  const os = words.filter((word) => systems.includes(word));
  return { ...(cpu.length > 0 ? { cpu } : {}), ...(os.length > 0 ? { os } : {}) };
}
