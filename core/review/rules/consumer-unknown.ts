import { versionPath } from '../layout/version-path.ts';
import { schemaName, setFinder } from '../select-schemas.ts';
import type { Rule } from './rule.ts';

export const consumerUnknown: Rule = {
  id: 'consumer-unknown',
  asks: 'Every schema that `consumers` names is there: a name with a slip would protect nobody.',
  severity: 'warning',
  inlineWaivers: false,
  pullRequest: async ({ reviews, configuration, configurationPath, head }) => {
    const { consumers = [], schemas } = configuration;
    // The components of OpenAPI documents are not in the list of files.
    if (reviews.length === 0 || consumers.length === 0 || schemas.some(({ layout }) => layout === 'openapi')) return [];
    const setOf = setFinder(schemas);
    const named = (await head.list()).flatMap((path) => {
      const set = setOf(path);
      return set ? [versionPath(path, set)?.name ?? schemaName(path)] : [];
    });
    // Those that are removed are the concern of `consumer-breaks`.
    const known = new Set([...named, ...reviews.map(({ name }) => name)]);
    return consumers
      .filter(({ schema }) => !known.has(schema))
      .map(({ service, schema }) => ({
        place: { path: configurationPath, line: 1 },
        message: `Nobody looks after ${service}: under \`consumers\` it names the schema ${JSON.stringify(schema)}, and there is none`,
        remedy: 'Correct the name on the base branch, as reports have it, or leave the entry out.',
      }));
  },
};
