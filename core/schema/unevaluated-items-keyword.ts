import { _, type Ajv, type CodeKeywordDefinition, type KeywordCxt, Name } from 'ajv';
import { Type } from 'ajv/dist/compile/util.js';

/**
 * ajv's `unevaluatedItems`, which takes the mark "all items are evaluated" for the number 1 where it only comes to light while a
 * document is judged (`anyOf: [{items: …}, …]`). After ajv 8.20, lib/vocabularies/unevaluated/unevaluatedItems.ts.
 */
export function mendUnevaluatedItems(ajv: Ajv): void {
  if (!ajv.getKeyword(definition.keyword as string)) return;
  ajv.removeKeyword(definition.keyword as string);
  ajv.addKeyword(definition);
}

const definition: CodeKeywordDefinition = {
  keyword: 'unevaluatedItems',
  type: 'array',
  schemaType: ['boolean', 'object'],
  error: {
    message: ({ params: { len } }) => _`"must NOT have more than " + ${len} + " items"`,
    params: ({ params: { len } }) => _`{limit: ${len}}`,
  },
  code: (context) => {
    const { gen, schema, data, it } = context;
    const evaluated = it.items ?? 0;
    if (evaluated === true) return;
    const length = gen.const('len', _`${data}.length`);
    const from =
      evaluated instanceof Name
        ? gen.const('from', _`${evaluated} === true ? ${length} : ${evaluated} || 0`)
        : evaluated;
    if (schema === false) {
      context.setParams({ len: from });
      context.fail(_`${length} > ${from}`);
    } else if (typeof schema === 'object') {
      const valid = gen.var('valid', _`${length} <= ${from}`);
      gen.if(_`!${valid}`, () => checkRest(context, from, length, valid));
      context.ok(valid);
    }
    it.items = true;
  },
};

function checkRest(context: KeywordCxt, from: Name | number, length: Name, valid: Name): void {
  const { gen, it } = context;
  gen.forRange('i', from, length, (index) => {
    context.subschema({ keyword: 'unevaluatedItems', dataProp: index, dataPropType: Type.Num }, valid);
    if (!it.allErrors) gen.if(_`!${valid}`, () => gen.break());
  });
}
