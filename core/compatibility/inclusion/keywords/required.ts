import type { KeywordReader } from './keyword.ts';
import { objectConstraint } from './object-constraint.ts';

export const required: KeywordReader = {
  name: 'required',
  read: (value) => {
    if (!Array.isArray(value)) return [];
    return value.map((name) =>
      objectConstraint(`required ${JSON.stringify(name)}`, (formulas) => formulas.present(String(name))),
    );
  },
};
