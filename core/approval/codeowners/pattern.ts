/**
 * Whether a path matches a pattern of CODEOWNERS: that of .gitignore without `!`, `[ ]` and `\#`, which GitHub does not understand here.
 * Undefined for a pattern with one of those.
 */
export function codeownersPattern(pattern: string): ((path: string) => boolean) | undefined {
  if (/^!|[[\]]|\\#/.test(pattern) || pattern.length > 500) return undefined;
  const anchored = pattern.slice(0, -1).includes('/');
  const folder = pattern.endsWith('/');
  const parts = pattern.split('/').filter((part) => part !== '');
  if (parts.length === 0) return folder ? () => true : undefined;
  const wanted = anchored ? parts : ['**', ...parts];
  // A name matches the folder with all that is in it, but `folder/*` only what is in it itself.
  const inside = folder || !(anchored && parts.at(-1) === '*');
  // `folder/**` is what is in the folder, not the folder.
  const last = folder ? [...wanted, '**', '*'] : parts.at(-1) === '**' ? [...wanted, '*'] : wanted;
  return (path) => {
    const segments = path.split('/');
    return matchesFrom(last, segments) || (!folder && inside && matchesFrom([...wanted, '**', '*'], segments));
  };
}

/** Step by step over both lists, with the last `**` to go back to: never more than their product. */
function matchesFrom(wanted: readonly string[], segments: readonly string[]): boolean {
  let [at, place, star, from] = [0, 0, -1, 0];
  while (place < segments.length) {
    const part = wanted[at];
    if (part === '**') {
      [star, from] = [at, place];
      at += 1;
    } else if (part !== undefined && matchesName(part, segments[place] ?? '')) {
      at += 1;
      place += 1;
    } else if (star !== -1) {
      from += 1;
      [at, place] = [star + 1, from];
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((part) => part === '**');
}

/** `*` any characters, `?` one; the same walk over characters. */
function matchesName(wanted: string, name: string): boolean {
  let [at, place, star, from] = [0, 0, -1, 0];
  while (place < name.length) {
    if (wanted[at] === '*') {
      [star, from] = [at, place];
      at += 1;
    } else if (wanted[at] === '?' || (wanted[at] !== undefined && wanted[at] === name[place])) {
      at += 1;
      place += 1;
    } else if (star !== -1) {
      from += 1;
      [at, place] = [star + 1, from];
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(at));
}
