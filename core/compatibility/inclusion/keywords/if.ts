import { own } from '../../../schema/json.ts';
import type { KeywordReader } from './keyword.ts';

/** With `then` and `else`; alone it asserts nothing. */
export const conditional: KeywordReader = {
  name: 'if',
  read: (_, { schema, schemas, inside }) => {
    const test = inside('if');
    const then = own(schema, 'then') === undefined ? schemas.intern([]) : inside('then');
    const otherwise = own(schema, 'else') === undefined ? schemas.intern([]) : inside('else');
    return [
      {
        key: `if ${test.id} ${then.id} ${otherwise.id}`,
        formula: (type, formulas) => {
          const { algebra } = formulas;
          const holds = formulas.slot(formulas.node(test), type);
          return algebra.and([
            algebra.or([algebra.not(holds), formulas.slot(formulas.node(then), type)]),
            algebra.or([holds, formulas.slot(formulas.node(otherwise), type)]),
          ]);
        },
      },
    ];
  },
};
