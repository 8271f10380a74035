import { coverageKey, coverageOf } from './coverage.ts';
import type { KeywordReader } from './keyword.ts';
import { objectConstraint } from './object-constraint.ts';
import { otherNames } from './other-names.ts';
import { unevaluatedFormula, unknownCoverage } from './unevaluated.ts';

export const unevaluatedProperties: KeywordReader = {
  name: 'unevaluatedProperties',
  read: (_, reading) => {
    const schema = reading.inside('unevaluatedProperties');
    const coverage = coverageOf(reading, 'properties');
    if (coverage.unknown !== undefined) return [unknownCoverage(coverage.unknown, reading, 'object')];
    return [
      objectConstraint(`unevaluated properties ${schema.id} ${coverageKey(coverage)}`, (formulas) =>
        unevaluatedFormula(coverage, String(schema.id), 'object', formulas, ({ names, patterns }) =>
          formulas.properties(otherNames([...names].sort(), [...patterns].sort(), formulas), formulas.node(schema)),
        ),
      ),
    ];
  },
};
