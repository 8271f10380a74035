// Everything that must hold before a change lands, the same here and in CI. Runs all checks, then says which failed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** @type {[name: string, command: string, parameters: string[]][]} */
const checks = [
  ['format and import order', 'biome', ['ci', '.']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['unused code', 'knip', []],
  ['import walls', 'vitest', ['run', 'test/architecture.test.ts', '--reporter=dot']],
  ['templates are current', 'node', ['scripts/precompile-templates.js', '--check']],
  ['dist/ is current', 'node', ['scripts/bundle-action.js', '--check']],
];

/** @type {string[]} */
const failed = [];
for (const [name, command, parameters] of checks) {
  const executable = command === 'node' ? process.execPath : `${root}node_modules/.bin/${command}`;
  const { status } = spawnSync(executable, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(`${status === 0 ? '✔ passed' : '✖ failed'}: ${name}`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.log(`\n${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}`);
  process.exit(1);
}
console.log(`\nAll ${checks.length} checks passed.`);
