import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A clone on disk whose commits are the same every time, down to their names. */
export class TestClone {
  readonly folder = mkdtempSync(join(tmpdir(), 'sluice-history-'));
  readonly #program: string;
  #day = 0;

  /** @param program the bundled command line */
  constructor(program: string) {
    this.#program = program;
    this.git('init', '--quiet', '--initial-branch=main');
  }

  put(path: string, content: string | object): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }

  /** A commit a day. */
  commit(message: string): void {
    this.#day += 1;
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  git(...parameters: string[]): string {
    const date = `2025-04-${String(this.#day).padStart(2, '0')}T10:00:00Z`;
    const who = { NAME: 'developer', EMAIL: 'developer@acme.example', DATE: date };
    const env = Object.fromEntries(
      Object.entries(who).flatMap(([name, value]) => [
        [`GIT_AUTHOR_${name}`, value],
        [`GIT_COMMITTER_${name}`, value],
      ]),
    );
    return execFileSync('git', ['-C', this.folder, '-c', 'commit.gpgsign=false', ...parameters], {
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', ...env },
    });
  }

  /** Runs `sluice` in the clone, in a process of its own. */
  sluice(...parameters: string[]): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const { PATH } = process.env;
      const child = spawn(process.execPath, [this.#program, ...parameters], {
        cwd: this.folder,
        env: { PATH },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, err }));
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
