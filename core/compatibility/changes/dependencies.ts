import { schemaMap } from './schema-map.ts';

export const dependencies = schemaMap({
  keywords: ['dependencies', 'dependentRequired', 'dependentSchemas'],
  kinds: {
    added: {
      id: 'dependency-added',
      specName: 'CONSTRAINT_TIGHTENED',
      mirror: 'dependency-removed',
      alternative: (subject) =>
        `Fill what must now come with it in every record, and ask for it in a later major version (${subject}).`,
    },
    removed: {
      id: 'dependency-removed',
      specName: 'CONSTRAINT_LOOSENED',
      mirror: 'dependency-added',
      alternative: (subject) =>
        `Let readers do without what comes with it first, and no longer ask for it in the next version (${subject}).`,
    },
    changed: {
      id: 'dependency-changed',
      specName: 'CONSTRAINT_CHANGED',
      mirror: 'dependency-changed',
      alternative: (subject) =>
        `Keep the old condition of ${subject}, and hold new data to the new one where it is written.`,
    },
  },
  subject: (subject) => subject,
  summary: (name, what) => `what ${name} needs beside it: ${what}`,
});
