import { formatKind } from '../formats.ts';
import { opaqueConstraint } from '../opaque-constraint.ts';
import type { KeywordReader } from './keyword.ts';

/** An annotation, unless the caller asks for assertions. Names that ajv does not know never decide. */
export const format: KeywordReader = {
  name: 'format',
  read: (value, { options, pointer }) => {
    if (typeof value !== 'string' || !options.formatAssertion) return [];
    const kind = formatKind(value);
    if (kind === 'none') return [];
    if (kind === 'unclear')
      return [opaqueConstraint(`format ${value}`, `format ${value} is asserted, and validators differ on it`, pointer)];
    return [
      {
        key: `format ${value}`,
        formula: (type, formulas) => (type === 'string' ? formulas.format(value) : formulas.algebra.true),
      },
    ];
  },
};
