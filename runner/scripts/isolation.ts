import { spawnSync } from 'node:child_process';

/** How a process is started that can reach neither files nor processes, and, where Linux lets it, no network at all. */
export interface Isolation {
  readonly command: string;
  readonly args: readonly string[];
  /** `namespace`: the kernel gives it a network of its own without any device. `removed`: it only has nothing to call. */
  readonly network: 'namespace' | 'removed';
}

/** The process ends with the runner, also where that is killed while a script runs in circles. */
const mortal = ['setpriv', '--pdeathsig', 'KILL', '--'] as const;
/** A crash writes no memory to the disk. */
const coreless = ['prlimit', '--core=0'] as const;

/** From the most to the least: a user of its own, for which no privilege is needed, and with it a network; or what there is. */
const wrappers: readonly (readonly string[])[] = [
  ['unshare', '--user', '--map-current-user', '--net', '--', ...mortal, ...coreless],
  ['unshare', '--user', '--map-root-user', '--net', '--', ...coreless],
  [...mortal, ...coreless],
];
let chosen: readonly string[] | undefined;

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
  chosen ??= wrappers.find(works) ?? [];
  const [command = '', ...args] = [...chosen, ...node];
  return { command, args, network: chosen[0] === 'unshare' ? 'namespace' : 'removed' };
}

function works([command = '', ...args]: readonly string[]): boolean {
  if (process.platform !== 'linux') return false;
  return (
    spawnSync(command, [...args, process.execPath, '--version'], { stdio: 'ignore', timeout: 10_000, env: {} })
      .status === 0
  );
}
