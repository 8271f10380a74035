// Octokit knows every endpoint of GitHub's API, 80 KB of them. In the bundle stay those that the sources name.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `repos.getContent` and so on, as they are called in the rooms of the Action. */
function namedIn(rooms) {
  const files = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const calls = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\brest\s*\.(\w+)\s*\.(\w+)/g)]);
  return new Set(calls.map(([, scope, method]) => `${scope}.${method}`));
}

export const usedEndpoints = {
  name: 'used-endpoints',
  setup(build) {
    build.onLoad({ filter: /plugin-rest-endpoint-methods[\\/].*[\\/]endpoints\.js$/ }, async ({ path }) => {
      const { default: all } = await import(pathToFileURL(path).href);
      const named = namedIn(['github', 'action']);
      const kept = Object.entries(all)
        .map(([scope, methods]) => [
          scope,
          Object.fromEntries(Object.entries(methods).filter(([method]) => named.has(`${scope}.${method}`))),
        ])
        .filter(([, methods]) => Object.keys(methods).length > 0);
      const count = kept.reduce((sum, [, methods]) => sum + Object.keys(methods).length, 0);
      if (count !== named.size) throw new Error(`${named.size - count} of the endpoints that are called do not exist`);
      return { contents: `export default ${JSON.stringify(Object.fromEntries(kept))}` };
    });
  },
};
