import type { Constraint, Schema } from '../node.ts';

/** Asks for a schema. Its own constraints where they are known, so that a reference and what it leads to are read alike. */
export function schemaConstraints(schema: Schema, isRecursive: boolean): readonly Constraint[] {
  if (!isRecursive) return schema.constraints();
  return [
    {
      key: `schema ${schema.id}`,
      types: schema.types,
      formula: (type, formulas) => formulas.slot(formulas.node(schema), type),
    },
  ];
}
