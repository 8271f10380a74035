import { reviewJson } from '../report-json.ts';
import type { SchemaHistory } from './schema-history.ts';

/** A timeline as plain data for programs, newest first. */
export function historyJson({ entries, ...history }: SchemaHistory): object {
  return {
    format: 1,
    ...history,
    entries: entries.map(({ review, ...entry }) => ({
      ...entry,
      ...(review === undefined ? {} : { review: reviewJson(review) }),
    })),
  };
}
