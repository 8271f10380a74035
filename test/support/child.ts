import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const outfiles: string[] = [];
// Registered when a test file imports this: a hook that is added inside another hook would never run.
afterAll(() => Promise.all(outfiles.splice(0).map((outfile) => rm(outfile, { force: true }))));

/** Bundles a TypeScript program so that plain Node runs it, for tests that need a real process (to kill it, for one). */
export async function bundleProgram(source: string): Promise<string> {
  // Below node_modules, so that the packages it imports are found.
  const folder = join(root, 'node_modules', '.cache', 'sluice-test');
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, `${randomBytes(6).toString('hex')}.mjs`);
  await build({
    entryPoints: [join(root, source)],
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
  outfiles.push(outfile);
  return outfile;
}

/** Starts a bundled program; its error output is ours. */
export function startProgram(
  program: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The first line that a program prints. */
export async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
  }
  throw new Error(`The program ended without a line: ${text}`);
}
