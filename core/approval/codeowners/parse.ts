import { codeownersPattern } from './pattern.ts';

/** A line of CODEOWNERS: what it is for, and whom it names. Nobody: the line takes the owners of earlier lines away. */
export interface CodeOwnersLine {
  readonly matches: (path: string) => boolean;
  /** As written, with `@`: logins, `@organisation/team`, addresses. */
  readonly owners: readonly string[];
}

const owner = /^(?:@[A-Za-z0-9](?:[A-Za-z0-9_-]*)(?:\/[A-Za-z0-9._-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+)$/;

/**
 * Lines in the order of the file. A line that GitHub would not understand is left out, as GitHub leaves it out.
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function parseCodeOwners(text: string): readonly CodeOwnersLine[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...owners] = wordsOf(line);
    if (pattern === undefined || !owners.every((each) => owner.test(each))) return [];
    const matches = codeownersPattern(pattern);
    return matches === undefined ? [] : [{ matches, owners }];
  });
}

/** Words between spaces; a backslash keeps a space in a word. What follows ` #` is a comment. */
function wordsOf(line: string): string[] {
  const words = line.trim().match(/(?:\\.|[^\s\\])+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith('#'));
  return (comment === -1 ? words : words.slice(0, comment)).map((word) => word.replace(/\\(\s)/g, '$1'));
}
