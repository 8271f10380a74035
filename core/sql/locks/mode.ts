import { unreachable } from '../../unreachable.ts';

/** PostgreSQL's table locks from weak to strong, as its manual names them. */
export const lockModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;

export type LockMode = (typeof lockModes)[number];

/** Whether `mode` is at least as strong as `than`, in the manual's order. */
export function atLeast(mode: LockMode, than: LockMode): boolean {
  return lockModes.indexOf(mode) >= lockModes.indexOf(than);
}

/** The stronger of two. */
export function stronger(one: LockMode, other: LockMode): LockMode {
  return atLeast(one, other) ? one : other;
}

/** What other sessions cannot do to the table while the lock is held, in words for a message. */
export function blockedBy(mode: LockMode): string {
  switch (mode) {
    case 'ACCESS EXCLUSIVE':
      return 'reads and writes';
    case 'EXCLUSIVE':
      return 'writes and SELECT … FOR UPDATE';
    case 'SHARE':
    case 'SHARE ROW EXCLUSIVE':
      return 'writes';
    case 'SHARE UPDATE EXCLUSIVE':
      return 'other schema changes and vacuum';
    case 'ACCESS SHARE':
    case 'ROW SHARE':
    case 'ROW EXCLUSIVE':
      return 'only stronger locks';
    default:
      return unreachable(mode);
  }
}
