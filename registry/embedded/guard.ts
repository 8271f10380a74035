import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A tiny shell that outlives us by a second: when its input ends (we are gone, however that happened: Ctrl-C, `kill -9`,
 * a crash) it stops the server and deletes the folder. It has its own session, so a signal to our group spares it.
 * Without a shell (Windows) the next start cleans up instead.
 */
export function guardServer(pid: number, folder: string, throwAway: boolean): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const script = [
    'cat >/dev/null',
    'kill -INT "$1" 2>/dev/null',
    // The server takes its pid file with it. (Its process may stay visible for long where nobody reaps orphans.)
    'n=0; while [ -e "$2/data/postmaster.pid" ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done',
    'if [ $n -ge 100 ]; then kill -QUIT "$1" 2>/dev/null; sleep 1; fi',
    'if [ "$3" = delete ]; then rm -rf "$2"; else rm -f "$2/owner.json"; fi',
  ].join('; ');
  const guard = spawn('/bin/sh', ['-c', script, 'sluice-guard', String(pid), folder, throwAway ? 'delete' : 'keep'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  guard.on('error', () => undefined);
  guard.stdin?.on('error', () => undefined);
  guard.unref();
  // Node's typings hide that a pipe is a socket; without this the guard would keep our event loop alive.
  (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return guard;
}

/** The server was stopped properly: the guard has nothing left to do. */
export function dismissGuard(guard: ChildProcess | undefined): void {
  guard?.kill('SIGKILL');
}
