import { Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvDraft04 from 'ajv-draft-04';
import { unreachable } from '../unreachable.ts';
import type { Dialect } from './dialect.ts';
import { mendEquality } from './equality-keywords.ts';
import { metaschemaDraft06 } from './metaschema-draft-06.ts';
import { mendUnevaluatedItems } from './unevaluated-items-keyword.ts';

/** ajv with the vocabulary of a dialect. Costs milliseconds: make few and keep them. */
export function makeAjv(dialect: Dialect, options: Options): Ajv {
  const ajv = plainAjv(dialect, options);
  mendEquality(ajv);
  mendUnevaluatedItems(ajv);
  return ajv;
}

function plainAjv(dialect: Dialect, options: Options): Ajv | Ajv2019 | Ajv2020 {
  switch (dialect) {
    case 'draft-04':
      return new ajvDraft04.default(options);
    case 'draft-06': {
      const ajv = new Ajv(options);
      if (options.meta !== false) ajv.addMetaSchema(metaschemaDraft06);
      return ajv;
    }
    case 'draft-07':
      return new Ajv(options);
    case '2019-09':
      return new Ajv2019(options);
    case '2020-12':
      return new Ajv2020(options);
    default:
      return unreachable(dialect);
  }
}
