import picomatch from 'picomatch';

/** Why a glob cannot describe paths of a repository, if it cannot. */
export function globFault(glob: string): { problem: string; remedy: string } | undefined {
  if (glob.startsWith('/') || glob.startsWith('!') || glob.split('/').includes('..')) {
    return {
      problem: `The glob "${glob}" does not describe paths of the repository`,
      remedy: 'Write a path relative to the root of the repository, such as schemas/**/*.json.',
    };
  }
  try {
    picomatch.makeRe(glob, { strictBrackets: true });
    return undefined;
  } catch {
    return { problem: `The glob "${glob}" cannot be read`, remedy: 'Close its brackets and braces.' };
  }
}
