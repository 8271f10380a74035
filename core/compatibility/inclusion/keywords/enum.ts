import { valuesConstraint } from '../values-constraint.ts';
import type { KeywordReader } from './keyword.ts';

export const enumeration: KeywordReader = {
  name: 'enum',
  read: (value) => (Array.isArray(value) ? [valuesConstraint(value)] : []),
};
