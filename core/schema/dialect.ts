export const dialects = ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12'] as const;

/** A published version of JSON Schema that Sluice understands. */
export type Dialect = (typeof dialects)[number];
