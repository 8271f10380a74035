import { spawn } from 'node:child_process';
import { InputError } from '../../core/input-error.ts';

/** Runs git in a folder and returns what it prints. Throws `InputError` with git's own first line when git refuses. */
export async function git(folder: string, parameters: readonly string[], input = ''): Promise<Buffer> {
  const { code, output, errors } = await run(folder, parameters, input);
  if (code === 0) return output;
  const reason = errors.split('\n')[0]?.replace(/^(?:fatal|error): /, '') ?? '';
  throw new InputError(`git ${parameters[0]} fails: ${reason}`, {
    remedy: 'Run it in a clone that has the commits to compare; `git fetch` brings them.',
  });
}

function run(
  folder: string,
  parameters: readonly string[],
  input: string,
): Promise<{ code: number | null; output: Buffer; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-C', folder, ...parameters], { stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', (cause) =>
      reject(new InputError('git cannot be started', { remedy: 'Install git, or put it on the PATH.', cause })),
    );
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks), errors }));
    // git may end without reading all: that shows in its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
