import type { KeywordReader } from './keyword.ts';

/** An annotation, unless the caller asks for assertions. */
export const format: KeywordReader = {
  name: 'format',
  read: (value, { options }) => {
    if (typeof value !== 'string' || !options.formatAssertion) return [];
    return [
      {
        key: `format ${value}`,
        formula: (type, formulas) => (type === 'string' ? formulas.format(value) : formulas.algebra.true),
      },
    ];
  },
};
