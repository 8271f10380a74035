import { valuesConstraint } from '../values-constraint.ts';
import type { KeywordReader } from './keyword.ts';

export const constant: KeywordReader = {
  name: 'const',
  read: (value) => [valuesConstraint([value])],
};
