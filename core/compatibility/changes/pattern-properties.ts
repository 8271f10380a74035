import { schemaMap } from './schema-map.ts';
import { member } from './values.ts';

export const patternProperties = schemaMap({
  keywords: ['patternProperties'],
  kinds: {
    added: {
      id: 'pattern-property-added',
      specName: 'CONSTRAINT_TIGHTENED',
      mirror: 'pattern-property-removed',
      alternative: (subject) => `Use names for ${subject} that no record has yet.`,
    },
    removed: {
      id: 'pattern-property-removed',
      specName: 'CONSTRAINT_LOOSENED',
      mirror: 'pattern-property-added',
      alternative: (subject) => `Keep ${subject} until nobody writes it.`,
    },
  },
  subject: (subject, pattern) => member(subject, `/${pattern}/`),
  summary: (pattern, what) => `properties like ${pattern} ${what}`,
});
