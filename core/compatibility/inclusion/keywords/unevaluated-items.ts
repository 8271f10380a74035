import { arrayConstraint } from './array-constraint.ts';
import { coverageKey, coverageOf } from './coverage.ts';
import type { KeywordReader } from './keyword.ts';
import { unevaluatedFormula, unknownCoverage } from './unevaluated.ts';

export const unevaluatedItems: KeywordReader = {
  name: 'unevaluatedItems',
  read: (_, reading) => {
    const schema = reading.inside('unevaluatedItems');
    const coverage = coverageOf(reading, 'items');
    if (coverage.unknown !== undefined) return [unknownCoverage(coverage.unknown, reading, 'array')];
    return [
      arrayConstraint(`unevaluated items ${schema.id} ${coverageKey(coverage)}`, (formulas) =>
        unevaluatedFormula(coverage, String(schema.id), 'array', formulas, ({ upTo, matching }) => {
          const allowed = [...matching, schema].map((each) => formulas.node(each));
          return formulas.items(upTo, Number.POSITIVE_INFINITY, formulas.nodes.or(allowed));
        }),
      ),
    ];
  },
};
