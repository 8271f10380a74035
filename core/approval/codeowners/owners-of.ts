import type { CodeOwnersLine } from './parse.ts';

/** Whom CODEOWNERS names for a file. Addresses say nothing of logins: they are named, and count for nobody. */
export interface CodeOwners {
  readonly users: readonly string[];
  /** `organisation/team`. */
  readonly teams: readonly string[];
  readonly addresses: readonly string[];
}

export const noCodeOwners: CodeOwners = { users: [], teams: [], addresses: [] };

/** Where GitHub looks for the file; the first that is there counts. */
export const codeOwnersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** The owners of a path: those of the last line that matches it. */
export function ownersOf(lines: readonly CodeOwnersLine[], path: string): CodeOwners {
  const owners = lines.findLast(({ matches }) => matches(path))?.owners ?? [];
  const named = owners.filter((owner) => owner.startsWith('@')).map((owner) => owner.slice(1));
  return {
    users: named.filter((name) => !name.includes('/')),
    teams: named.filter((name) => name.includes('/')),
    addresses: owners.filter((owner) => !owner.startsWith('@')),
  };
}
