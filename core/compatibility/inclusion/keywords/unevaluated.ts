import type { Formula } from '../atom.ts';
import type { Formulas } from '../formulas.ts';
import { type JsonType, maskOf } from '../json-type.ts';
import type { Constraint } from '../node.ts';
import { opaqueConstraint } from '../opaque-constraint.ts';
import { type Conditional, type Coverage, coverageKey, union } from './coverage.ts';
import type { Reading } from './keyword.ts';

/** Nothing can be said, not even that the same words mean the same. */
export function unknownCoverage(reference: string, { pointer }: Reading, type: JsonType): Constraint {
  const reason = `what is evaluated depends on $ref ${reference}, which leads nowhere`;
  return opaqueConstraint(Symbol(reference), reason, pointer, maskOf(type));
}

const maxCases = 2000;

/**
 * What is asked of the unevaluated rest, by cases over the conditions under which more is evaluated. More evaluated means less
 * asked, so a condition that does not hold need not be denied. `rest` says what is asked when exactly the coverage is evaluated.
 */
export function unevaluatedFormula(
  coverage: Coverage,
  /** Tells apart what is asked of the same rest. */
  asked: string,
  type: JsonType,
  formulas: Formulas,
  rest: (coverage: Coverage) => Formula,
): Formula {
  const { algebra } = formulas;
  let cases = 0;
  return walk(coverage, coverage.conditional);

  function walk(sure: Coverage, open: readonly Conditional[]): Formula {
    cases += 1;
    if (cases > maxCases)
      return formulas.opaque(
        `unevaluated ${type} ${asked} ${coverageKey(coverage)}`,
        'too many cases of what is evaluated',
        '',
      );
    if (sure.all) return algebra.true;
    const [first, ...others] = open;
    if (first === undefined) return rest(sure);
    const without = walk(sure, others);
    const more = union(sure, { ...first.coverage, conditional: [] });
    const withIt = walk(more, [...first.coverage.conditional, ...others]);
    return algebra.or([without, algebra.and([condition(first), withIt])]);
  }

  function condition({ when }: Conditional): Formula {
    if ('present' in when) return type === 'object' ? formulas.present(when.present) : algebra.false;
    if ('disputed' in when) {
      const reason = 'validators differ on whether contains evaluates items in 2019-09';
      return formulas.opaque(`evaluated by contains ${when.disputed}`, reason, '');
    }
    const holds = formulas.slot(formulas.node(when.schema), type);
    return when.holds ? holds : algebra.not(holds);
  }
}
