import { spawnSync } from 'node:child_process';

/** How a process is started that can reach neither files nor processes, and, where Linux lets it, no network at all. */
export interface Isolation {
  readonly command: string;
  readonly args: readonly string[];
  /** `namespace`: the kernel gives it a network of its own without any device. `removed`: it only has nothing to call. */
  readonly network: 'namespace' | 'removed';
}

/** Makes a user of its own, for which no privilege is needed, and a network; and lets a crash write no memory to the disk. */
const wrapper = ['unshare', '--user', '--map-current-user', '--net', '--', 'prlimit', '--core=0'] as const;
let wrapped: boolean | undefined;

/** `memory`: megabytes of the heap. */
export function isolate(program: string, memory: number): Isolation {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  const node = [
    process.execPath,
    permission,
    '--no-addons',
    '--no-warnings',
    '--disallow-code-generation-from-strings',
    '--experimental-vm-modules',
    `--max-old-space-size=${memory}`,
    '--input-type=commonjs',
    '--eval',
    program,
  ];
  wrapped ??= canWrap();
  const [command = '', ...args] = wrapped ? [...wrapper, ...node] : node;
  return { command, args, network: wrapped ? 'namespace' : 'removed' };
}

function canWrap(): boolean {
  if (process.platform !== 'linux') return false;
  const [command, ...args] = wrapper;
  return (
    spawnSync(command, [...args, process.execPath, '--version'], { stdio: 'ignore', timeout: 10_000, env: {} })
      .status === 0
  );
}
